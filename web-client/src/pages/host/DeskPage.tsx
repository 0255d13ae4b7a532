import { FailureNotice, PageHeading, Panel, Progress, dayName } from '@visavis/ui'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { isDate } from '../office/parts/office-time.ts'
import { useHelpAlarm } from '../help/use-help-alarm.ts'
import { DateSwitch } from './DateSwitch.tsx'
import { DeskVisitCard } from './DeskVisitCard.tsx'
import { byStart } from './desk-visit.ts'
import { usePolled } from './use-polled.ts'

type DeskDay = Reply<'deskDay'>

/** Soon enough to see that a room’s device has signed in. */
const REFRESH_MS = 10_000

/** Everybody who calls for help from a room of the centre. */
function callsOf(visits: DeskDay['visits']) {
  return visits.flatMap(({ visitors }) =>
    visitors.flatMap(({ seatId, help }) => (help ? [{ seatId, answer: help.answer }] : [])),
  )
}

/** Who comes today, or on another day: to be seen, and taken to their room. */
export function DeskPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const [search] = useSearchParams()
  const asked = search.get('date')
  const date = isDate(asked) ? asked : null
  const load = useCallback(
    () => call('deskDay', { query: date === null ? {} : { date } }),
    [call, date],
  )
  const { data, failure, reload } = usePolled(load, REFRESH_MS)
  return (
    <AccountPage width="wide">
      <div className="vv-stack vv-host">
        <div className="vv-host__head">
          <PageHeading>{t('host.title')}</PageHeading>
          <Link to="/desk/hours">{t('host.hours')}</Link>
        </div>
        {failure !== null && <FailureNotice code={failure} onRetry={reload} />}
        {data === null && failure === null && <Progress />}
        {data !== null && <Day day={data} onChange={reload} />}
      </div>
    </AccountPage>
  )
}

function Day({ day, onChange }: { day: DeskDay; onChange: () => void }) {
  const { t, i18n } = useTranslation()
  const { linkCentre, date, visits } = day
  useHelpAlarm(useMemo(() => callsOf(visits), [visits]))
  // Noon: the date itself, whatever the zone.
  const title = dayName(`${date}T12:00:00Z`, { language: i18n.language, timeZone: 'UTC' })
  return (
    <>
      <p className="vv-soft">
        {linkCentre.name} · {linkCentre.address}
      </p>
      <DateSwitch date={date} timeZone={linkCentre.timeZone} />
      <h2 className="vv-host__day">{title}</h2>
      {visits.length === 0 && (
        <Panel>
          <p>{t('host.none')}</p>
        </Panel>
      )}
      <ul className="vv-host__visits">
        {byStart(visits).map((visit) => (
          <li key={visit.visitId}>
            <DeskVisitCard visit={visit} timeZone={linkCentre.timeZone} onChange={onChange} />
          </li>
        ))}
      </ul>
    </>
  )
}
