import { FailureNotice, PageHeading, Panel, Progress, useNow, useResource } from '@visavis/ui'
import { groupVisits } from '@visavis/ui/visit/visit-list.ts'
import type { VisitOfMine } from '@visavis/ui/visit/visit-list.ts'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { VisitCard } from './VisitCard.tsx'

/** A change by the facility shows without reloading, and a lobby opens on its minute. */
const REFRESH_MS = 30_000

/** A relative's visits: what can be joined first, then what comes, then what was. */
export function VisitsPage() {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading>{t('visits.title')}</PageHeading>
        <VisitList />
      </div>
    </AccountPage>
  )
}

function VisitList() {
  const { call } = useSession()
  const visits = useResource(useCallback(() => call('myVisits', {}), [call]))
  const reload = visits.phase === 'loading' ? null : visits.reload
  useEffect(() => {
    if (reload === null) return undefined
    const timer = setInterval(reload, REFRESH_MS)
    return () => clearInterval(timer)
  }, [reload])
  if (visits.phase === 'loading') return <Progress />
  if (visits.phase === 'failed') return <FailureNotice code={visits.code} onRetry={visits.reload} />
  if (visits.data.visits.length === 0) return <NoVisits />
  return <Groups visits={visits.data.visits} />
}

function NoVisits() {
  const { t } = useTranslation()
  return (
    <Panel>
      <h2>{t('visits.emptyTitle')}</h2>
      <p className="vv-soft">{t('visits.emptyBody')}</p>
    </Panel>
  )
}

function Groups({ visits }: { visits: readonly VisitOfMine[] }) {
  const { t } = useTranslation()
  const { now, upcoming, past } = groupVisits(visits, useNow())
  return (
    <>
      <Group title={t('visits.now')} visits={now} kind="now" />
      <Group title={t('visits.upcoming')} visits={upcoming} kind="upcoming" />
      <Group title={t('visits.past')} visits={past} kind="past" />
    </>
  )
}

export type GroupKind = 'now' | 'upcoming' | 'past'

function Group(props: { title: string; visits: readonly VisitOfMine[]; kind: GroupKind }) {
  if (props.visits.length === 0) return null
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{props.title}</h2>
      <ul className="vv-list">
        {props.visits.map((visit) => (
          <li key={visit.visitId}>
            <VisitCard visit={visit} kind={props.kind} />
          </li>
        ))}
      </ul>
    </section>
  )
}
