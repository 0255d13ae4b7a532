import { Button, FailureNotice, Tag, useErrorWords } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../../api/api.ts'
import { useSession } from '../../../session/session.ts'
import type { Booking } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { dateIn, mondayOf } from '../parts/office-time.ts'
import { useOffice } from '../parts/use-office.ts'
import { causeKindOf, causePath } from './cause-rules.ts'

type Report = Reply<'explainEligibility'>
type Check = Report['checks'][number]

/** Every rule for such a visit with its true reason, which only staff see (EL-8). */
export function Explanation({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [report, setReport] = useState<Report | null>(null)
  const { visitId } = booking
  const explain = async () => {
    const answer = await act.run(() => call('explainEligibility', { body: { visitId } }))
    if (answer !== null) setReport(answer)
  }
  return (
    <section className="vv-stack vv-stack--close">
      <div>
        <Button look="secondary" isBusy={act.isBusy} onClick={() => void explain()}>
          {t('officeDay.explain')}
        </Button>
      </div>
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div role="status">{report !== null && <CheckTable report={report} booking={booking} />}</div>
    </section>
  )
}

const TONE: Readonly<Record<Check['verdict'], TagTone>> = {
  PASSED: 'good',
  REFUSED: 'bad',
  UNKNOWN: 'warn',
  NOT_CHECKED: 'plain',
}

const ORDER: readonly Check['verdict'][] = ['REFUSED', 'UNKNOWN', 'PASSED', 'NOT_CHECKED']

/** What stands in the way is read first. */
function byUrgency(a: Check, b: Check): number {
  return ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict)
}

/** Checks that the family reads with other words: theirs are addressed to them. */
const OWN_WORDS = ['ADULT', 'INMATE_FREE', 'VISITORS_FREE'] as const

function useCheckWords(): (check: Check['check']) => string {
  const { t } = useTranslation()
  return (check) => {
    const own = OWN_WORDS.find((each) => each === check)
    return own === undefined ? t(`eligibilityCheck.${check}`) : t(`officeDay.check.${own}`)
  }
}

function CheckTable({ report, booking }: { report: Report; booking: Booking }) {
  const { t } = useTranslation()
  return (
    <table className="vv-table vv-table--dense vv-table--cards">
      <caption>{t(`officeDay.report.${report.verdict}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('officeDay.rule')}</th>
          <th scope="col">{t('officeDay.verdict')}</th>
          <th scope="col">{t('officeDay.because')}</th>
        </tr>
      </thead>
      <tbody>
        {report.checks.toSorted(byUrgency).map((check) => (
          <CheckRow
            key={`${check.check} ${check.visitorId ?? ''}`}
            check={check}
            booking={booking}
          />
        ))}
      </tbody>
    </table>
  )
}

function CheckRow({ check, booking }: { check: Check; booking: Booking }) {
  const { t } = useTranslation()
  const wordsOf = useErrorWords()
  const checkWords = useCheckWords()
  const { short } = useOffice()
  const who = booking.visitors.find(({ visitorId }) => visitorId === check.visitorId)
  const { code, liftsAt, because } = check
  return (
    <tr>
      <th scope="row">
        {checkWords(check.check)}
        {who && ` (${who.displayName})`}
      </th>
      <td data-label={t('officeDay.verdict')}>
        <Tag tone={TONE[check.verdict]}>{t(`verdict.${check.verdict}`)}</Tag>
      </td>
      <td data-label={t('officeDay.because')}>
        {code !== null && <p>{wordsOf(code).happened}</p>}
        {liftsAt !== null && <p>{t('officeDay.liftsAt', { when: short(liftsAt) })}</p>}
        {because !== null && because !== undefined && (
          <Cause because={because} visitorId={check.visitorId} booking={booking} />
        )}
      </td>
    </tr>
  )
}

type CauseProps = {
  readonly because: string
  readonly visitorId: string | null
  readonly booking: Booking
}

/** What stands in the way, with the way to it. */
function Cause({ because, visitorId, booking }: CauseProps) {
  const { t } = useTranslation()
  const { timeZone } = useOffice()
  const kind = causeKindOf(because)
  if (kind === null) return <p className="vv-small">{because}</p>
  const { inmateId } = booking.inmate
  const weekOf = mondayOf(dateIn(booking.startsAt, timeZone))
  const path = causePath(kind, { visitorId, inmateId, weekOf })
  const words = t(`officeDay.cause.${kind}`)
  return <p>{path === null ? words : <Link to={path}>{words}</Link>}</p>
}
