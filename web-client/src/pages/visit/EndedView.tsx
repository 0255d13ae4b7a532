import type { LocalMedia } from '@visavis/call'
import type { VisitSnapshot } from '@visavis/contract/visit'
import {
  DualTime,
  FailureNotice,
  PageHeading,
  Panel,
  Progress,
  SummaryList,
  buttonClass,
  ownZone,
  useResource,
} from '@visavis/ui'
import { VisitStatement } from '@visavis/ui/visit/VisitStatement.tsx'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMe, useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'

type EndedProps = { readonly snapshot: VisitSnapshot; readonly media: LocalMedia }

/** How the visit came out, in words, and how long the two really talked. The camera goes off at once. */
export function EndedView({ snapshot, media }: EndedProps) {
  const { t } = useTranslation()
  const outcome = snapshot.outcome ?? 'unknown'
  useEffect(() => media.stop(), [media])
  return (
    <AccountPage>
      <div className="vv-stack">
        <div className="vv-stack vv-stack--close">
          <PageHeading>{t(`outcome.${outcome}.title`)}</PageHeading>
          <p>{t(`outcome.${outcome}.body`)}</p>
        </div>
        <Panel>
          <div className="vv-stack vv-stack--near">
            <Facts snapshot={snapshot} />
            <Statement visitId={snapshot.visitId} />
          </div>
        </Panel>
        <p>
          <Link to="/visits" className={buttonClass({ isWide: true })}>
            {t('ended.backToVisits')}
          </Link>
        </p>
      </div>
    </AccountPage>
  )
}

/** What it came to, and the way to a paper of it; what cannot be fetched now is on that paper later. */
function Statement({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { onlyVisitId } = useMe()
  const statement = useResource(
    useCallback(() => call('myVisitReceipt', { params: { visitId } }), [call, visitId]),
  )
  if (statement.phase === 'loading') return <Progress />
  if (statement.phase === 'failed') {
    return <FailureNotice code={statement.code} onRetry={statement.reload} />
  }
  return (
    <>
      <h2>{t('statement.title')}</h2>
      <VisitStatement statement={statement.data} timeZone={ownZone()} />
      {onlyVisitId === null && <Link to={`/receipt/${visitId}`}>{t('visits.receipt')}</Link>}
    </>
  )
}

function Facts({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useTranslation()
  const { facility, startsAt, endsAt } = snapshot
  const when = <DualTime startsAt={startsAt} endsAt={endsAt} facilityZone={facility.timeZone} />
  return (
    <SummaryList
      rows={[
        { term: t('ended.when'), value: when },
        { term: t('ended.facility'), value: facility.name },
      ]}
    />
  )
}
