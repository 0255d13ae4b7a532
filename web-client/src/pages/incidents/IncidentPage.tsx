import { Notice, PageHeading, Progress, SummaryList, Tag } from '@visavis/ui'
import { FailureNotice } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { usePolled } from '../host/use-polled.ts'
import { useMoment } from '../security/use-moment.ts'
import { Clocks } from './Clocks.tsx'
import { Closing } from './Closing.tsx'
import { IncidentActs } from './IncidentActs.tsx'
import { Letters } from './Letters.tsx'
import { Notes } from './Notes.tsx'

export type Incident = Reply<'incident'>
/** What each part of the page gets. */
export type IncidentProps = { readonly incident: Incident; readonly onDone: () => void }

/** Who is affected is worked out in seconds, letters go out in minutes; each look is in the log. */
const BUSY_MS = 4_000
const IDLE_MS = 300_000

function isUnderWay({ work, duties, lettersOrderedAt }: Incident): boolean {
  return work.state === 'WAITING' || (lettersOrderedAt !== null && duties.includes('TELL_PEOPLE'))
}

/** One incident: its clocks, who is affected, what is to be done and what was done. */
export function IncidentPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { incidentId = '' } = useParams()
  const [everyMs, setEveryMs] = useState(IDLE_MS)
  const load = useCallback(async () => {
    const answer = await call('incident', { params: { incidentId } })
    if (answer.ok) setEveryMs(isUnderWay(answer.data) ? BUSY_MS : IDLE_MS)
    return answer
  }, [call, incidentId])
  const { data, failure, reload } = usePolled(load, everyMs)
  return (
    <AccountPage width="wide">
      <div className="vv-stack">
        <Link to="/incidents">{t('common.back')}</Link>
        <PageHeading>{data?.title ?? t('incidents.one')}</PageHeading>
        {failure !== null && <FailureNotice code={failure} onRetry={reload} />}
        {data === null && failure === null && <Progress />}
        {data !== null && <Whole incident={data} onDone={reload} />}
      </div>
    </AccountPage>
  )
}

function Whole(props: IncidentProps) {
  const { t } = useTranslation()
  const { state, duties, work } = props.incident
  return (
    <>
      {state === 'CLOSED' && <Notice tone="good" title={t('incidents.closed')} />}
      {state === 'OPEN' && (
        <section className="vv-stack vv-stack--near">
          <h2>{t('incidents.toDo')}</h2>
          {duties.length === 0 && <p>{t('incidents.nothingToDo')}</p>}
          <ul className="vv-bullets">
            {duties.map((duty) => (
              <li key={duty}>{t(`incidents.duty.${duty}`)}</li>
            ))}
          </ul>
          <Clocks incident={props.incident} />
        </section>
      )}
      <Facts {...props} />
      {work.state === 'WAITING' && <Progress words={t('incidents.beingWorkedOut')} />}
      {work.state === 'DONE' && <Affected {...props} />}
      {state === 'OPEN' && <IncidentActs {...props} />}
      <Letters {...props} />
      <Notes {...props} />
      <Closing {...props} />
    </>
  )
}

function Facts({ incident }: IncidentProps) {
  const { t } = useTranslation()
  const moment = useMoment()
  const { description, fromAt, toAt, systems, accounts, facilities, openedBy } = incident
  const rows = [
    { term: t('incidents.field.description'), value: description },
    { term: t('incidents.span'), value: `${moment(fromAt)} – ${moment(toAt)}` },
    {
      term: t('incidents.field.systems'),
      value: systems.map((system) => t(`incidents.system.${system}`)).join(', ') || '–',
    },
    {
      term: t('incidents.field.logins'),
      value: accounts.map(({ login }) => login).join(', ') || '–',
    },
    {
      term: t('incidents.field.facilities'),
      value: facilities.map(({ name }) => name).join(', '),
    },
    { term: t('incidents.openedBy'), value: openedBy },
  ]
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('incidents.facts')}</h2>
      <SummaryList rows={rows} />
    </section>
  )
}

const MS_PER_S = 1000

function Affected({ incident: { counts, reasons, affected, work } }: IncidentProps) {
  const { t, i18n } = useTranslation()
  const seconds = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('incidents.affectedTitle')}</h2>
      <p>
        <Tag tone="action">{t('incidents.affected', { count: affected })}</Tag>{' '}
        {t('incidents.workedOut', {
          seconds: seconds.format((work.ms ?? 0) / MS_PER_S),
          entries: work.entriesRead ?? 0,
        })}
      </p>
      <SummaryList
        rows={counts.map((count) => ({
          term: `${t(`incidents.kind.${count.kind}`)}, ${count.facility ?? t('incidents.nowhere')}`,
          value: t('incidents.count', { ...count, count: count.people }),
        }))}
      />
      <ul className="vv-bullets">
        {reasons.map(({ reason, people }) => (
          <li key={reason}>
            {t(`incidents.reason.${reason}`)}: {people}
          </li>
        ))}
      </ul>
    </section>
  )
}
