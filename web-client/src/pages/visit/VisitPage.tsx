import { createSeatCall } from '@visavis/call'
import type { LocalMedia, SeatCall } from '@visavis/call'
import { PageHeading, Progress, useStore } from '@visavis/ui'
import { viewOf } from '@visavis/ui/visit/index.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSignInCheck } from '../../session/use-sign-in-check.ts'
import { ownWishes } from './own-wishes.ts'
import { AccountPage } from '../AccountPage.tsx'
import { CallView } from './CallView.tsx'
import { EndedView } from './EndedView.tsx'
import { LobbyView } from './LobbyView.tsx'
import { RefusedView, ReplacedView, TurnedAwayView } from './RefusedView.tsx'

type VisitProps = { readonly visitId: string; readonly media: LocalMedia }

/** One visit from the waiting room to its end; what the call's state is, the page shows. */
export function VisitPage({ visitId, media }: VisitProps) {
  const call = useJoinedCall(visitId, media)
  const view = viewOf(useStore(call))
  useSignInCheck(view.kind === 'refused' ? view.code : null)
  const rejoin = () => call.join(visitId, media)
  switch (view.kind) {
    case 'connecting':
      return <Connecting />
    case 'lobby':
      return <LobbyView snapshot={view.snapshot} call={call} media={media} />
    case 'turnedAway':
      return <TurnedAwayView />
    case 'call':
      return <CallView joined={view.joined} call={call} media={media} />
    case 'ended':
      return <EndedView snapshot={view.snapshot} media={media} />
    case 'replaced':
      return <ReplacedView onRejoin={rejoin} />
    case 'refused':
      return <RefusedView code={view.code} onRetry={rejoin} />
  }
}

/** Joins as soon as the devices have answered, with whatever of them works. */
function useJoinedCall(visitId: string, media: LocalMedia): SeatCall {
  const [call] = useState(() => createSeatCall({ signInAs: 'account', wishes: ownWishes }))
  const { phase } = useStore(media)
  // Latched: trying a device again later must not leave the visit.
  const [isSettled, setIsSettled] = useState(false)
  if (!isSettled && (phase === 'ready' || phase === 'failed')) setIsSettled(true)
  useEffect(() => {
    // A page that was reloaded, or opened by its address, has not passed the check.
    if (media.getState().phase === 'idle') void media.start()
  }, [media])
  useEffect(() => {
    if (!isSettled) return undefined
    call.join(visitId, media)
    return () => call.leave()
  }, [call, isSettled, media, visitId])
  return call
}

function Connecting() {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <PageHeading>{t('lobby.documentTitle')}</PageHeading>
      <Progress words={t('lobby.connecting')} />
    </AccountPage>
  )
}
