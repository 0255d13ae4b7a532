import {
  FailureNotice,
  PageHeading,
  Panel,
  Progress,
  buttonClass,
  useNow,
  useResource,
} from '@visavis/ui'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { BEFORE_MS, arrange } from './arrange.ts'
import type { ListedVisit } from './arrange.ts'
import { OtherBookings } from './OtherBookings.tsx'
import { VisitCard } from './VisitCard.tsx'
import { WaitingList, useWaiting } from './WaitingList.tsx'

/** A change by the facility shows without reloading, and a lobby opens on its minute. */
const REFRESH_MS = 30_000
/** More than anybody's bookings of half a year. */
const MOST_BOOKINGS = 100

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
  const load = useCallback(async () => {
    const from = new Date(Date.now() - BEFORE_MS).toISOString()
    const [visits, bookings] = await Promise.all([
      call('myVisits', {}),
      call('bookings', { query: { from, limit: MOST_BOOKINGS } }),
    ])
    if (!visits.ok) return visits
    // The visits are what matters on the day; without the bookings they only lack their buttons.
    const items = bookings.ok ? bookings.data.items : []
    return { ok: true as const, data: { visits: visits.data.visits, bookings: items } }
  }, [call])
  const loaded = useResource(load)
  const reload = loaded.phase === 'loading' ? null : loaded.reload
  useEffect(() => {
    if (reload === null) return undefined
    const timer = setInterval(reload, REFRESH_MS)
    return () => clearInterval(timer)
  }, [reload])
  if (loaded.phase === 'loading') return <Progress />
  if (loaded.phase === 'failed') return <FailureNotice code={loaded.code} onRetry={loaded.reload} />
  return <Lists {...loaded.data} onChange={loaded.reload} />
}

type ListsProps = {
  readonly visits: Reply<'myVisits'>['visits']
  readonly bookings: Reply<'bookings'>['items']
  readonly onChange: () => void
}

function Lists({ visits, bookings, onChange }: ListsProps) {
  const { t } = useTranslation()
  const waiting = useWaiting()
  const offered = waiting.entries.flatMap(({ offeredVisitId }) => offeredVisitId ?? [])
  // An offer is a held place too, and is shown once: where one waited for it.
  const own = bookings.filter(({ visitId }) => !offered.includes(visitId))
  const { now, upcoming, past, ...others } = arrange(visits, own, useNow())
  const isEmpty = [now, upcoming, past, waiting.entries, ...Object.values(others)].every(
    (each) => each.length === 0,
  )
  const waitingList = <WaitingList waiting={waiting} onChange={onChange} />
  return (
    <>
      <Group title={t('visits.now')} visits={now} kind="now" />
      {offered.length > 0 && waitingList}
      <OtherBookings {...others} />
      {offered.length === 0 && waitingList}
      <Group title={t('visits.upcoming')} visits={upcoming} kind="upcoming" />
      {isEmpty && <NoVisits />}
      <p>
        <Link to="/book" className={buttonClass({ isWide: true })}>
          {t('nav.book')}
        </Link>
      </p>
      <Group title={t('visits.past')} visits={past} kind="past" />
    </>
  )
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

export type GroupKind = 'now' | 'upcoming' | 'past'

function Group(props: { title: string; visits: readonly ListedVisit[]; kind: GroupKind }) {
  if (props.visits.length === 0) return null
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{props.title}</h2>
      <ul className="vv-list">
        {props.visits.map((listed) => (
          <li key={listed.visit.visitId}>
            <VisitCard listed={listed} kind={props.kind} />
          </li>
        ))}
      </ul>
    </section>
  )
}
