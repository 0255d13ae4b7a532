import { createWallFeed } from '@visavis/call'
import type { WallState } from '@visavis/call'
import { FailureNotice, Notice, PageHeading, Progress, useStore } from '@visavis/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSession } from '../../session/session.ts'
import { useSignInCheck } from '../../session/use-sign-in-check.ts'
import { AccountPage } from '../AccountPage.tsx'
import { Wall } from './Wall.tsx'

/** The officer's wall: every running visit of the facility at a glance. */
export function WallPage() {
  const { facility } = useMe()
  const { t } = useTranslation()
  return (
    <AccountPage theme="wall" width="full">
      {facility === null ? (
        <div className="vv-wall__alone vv-stack">
          <PageHeading>{t('wall.title')}</PageHeading>
          <Notice tone="warn">
            <p>{t('wall.noFacility')}</p>
          </Notice>
        </div>
      ) : (
        <FacilityWall key={facility.facilityId} facility={facility} />
      )}
    </AccountPage>
  )
}

type Facility = NonNullable<ReturnType<typeof useMe>['facility']>

function FacilityWall({ facility }: { facility: Facility }) {
  const { proofDesk } = useSession()
  const [feed] = useState(() => createWallFeed())
  const state = useStore(feed)
  const code = state.phase === 'refused' ? state.code : null
  useSignInCheck(code)
  useEffect(() => {
    feed.open(facility.facilityId)
    return () => feed.close()
  }, [feed, facility.facilityId])
  useEffect(() => {
    if (code !== 'STEP_UP_REQUIRED') return
    void proofDesk.ask().then((isProved) => isProved && feed.open(facility.facilityId))
  }, [code, proofDesk, feed, facility.facilityId])
  if (state.phase === 'open') return <Wall feed={feed} state={state} facility={facility} />
  return <NotOpen state={state} onRetry={() => feed.open(facility.facilityId)} />
}

type NotOpenState = Exclude<WallState, { phase: 'open' }>

function NotOpen({ state, onRetry }: { state: NotOpenState; onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="vv-wall__alone vv-stack">
      <PageHeading>{t('wall.title')}</PageHeading>
      {state.phase === 'refused' ? (
        <FailureNotice code={state.code} onRetry={onRetry} />
      ) : (
        <Progress words={t('wall.connecting')} />
      )}
    </div>
  )
}
