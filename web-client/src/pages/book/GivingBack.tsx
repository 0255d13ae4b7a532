import { PageHeading, Progress } from '@visavis/ui'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import type { JourneyAct } from './journey.ts'

type GivingBackProps = { readonly visitId: string; readonly onDone: (act: JourneyAct) => void }

/**
 * Going back from the check gives the held place back first: while it is held, its own people would
 * count as busy, and the time would not be shown among the free ones.
 */
export function GivingBack({ visitId, onDone }: GivingBackProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const isSent = useRef(false)
  useEffect(() => {
    if (isSent.current) return
    isSent.current = true
    // Whatever the answer: the hold is gone, was confirmed elsewhere, or runs out by itself.
    void call('releaseHold', { params: { visitId } }).then(() =>
      onDone({ type: 'released', holdKey: crypto.randomUUID() }),
    )
  }, [call, onDone, visitId])
  return (
    <AccountPage>
      <PageHeading isHidden>{t('booking.title')}</PageHeading>
      <Progress words={t('booking.givingBack')} />
    </AccountPage>
  )
}
