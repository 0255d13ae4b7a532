import { Button, FailureNotice, Tag, useErrorWords } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../../api/api.ts'
import { useSession } from '../../../session/session.ts'
import type { Booking } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'

type Report = Reply<'explainEligibility'>
type Check = Report['checks'][number]

/** Every rule for such a visit with its true reason, which only staff see (EL-8). */
export function Explanation({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [report, setReport] = useState<Report | null>(null)
  const explain = async () => {
    const answer = await act.run(() => call('explainEligibility', { body: askOf(booking) }))
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

const LIVE: readonly Booking['bookingState'][] = ['HELD', 'REQUESTED', 'CONFIRMED']

// A live booking has its own place in the slot: asked with it, its people would seem busy.
function askOf({ inmate, visitors, place, visitClass, slotId, bookingState }: Booking) {
  return {
    inmateId: inmate.inmateId,
    visitorIds: visitors.map(({ visitorId }) => visitorId),
    place,
    visitClass,
    ...(slotId === null || LIVE.includes(bookingState) ? {} : { slotId }),
  }
}

const TONE: Readonly<Record<Check['verdict'], TagTone>> = {
  PASSED: 'good',
  REFUSED: 'bad',
  UNKNOWN: 'warn',
  NOT_CHECKED: 'plain',
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
        {report.checks.map((check) => (
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
  const { short } = useOffice()
  const who = booking.visitors.find(({ visitorId }) => visitorId === check.visitorId)
  const { code, liftsAt, because } = check
  return (
    <tr>
      <th scope="row">
        {t(`eligibilityCheck.${check.check}`)}
        {who && ` (${who.displayName})`}
      </th>
      <td data-label={t('officeDay.verdict')}>
        <Tag tone={TONE[check.verdict]}>{t(`verdict.${check.verdict}`)}</Tag>
      </td>
      <td data-label={t('officeDay.because')}>
        {code !== null && <p>{wordsOf(code).happened}</p>}
        {liftsAt !== null && <p>{t('officeDay.liftsAt', { when: short(liftsAt) })}</p>}
        {because !== null && because !== undefined && <code className="vv-small">{because}</code>}
      </td>
    </tr>
  )
}
