import {
  BRAND,
  Button,
  ClockText,
  DualTime,
  FailureNotice,
  PageHeading,
  Panel,
  Progress,
  SummaryList,
  useResource,
  localeOf,
  ownZone,
} from '@visavis/ui'
import { VisitStatement } from '@visavis/ui/visit/VisitStatement.tsx'
import { useNames } from '@visavis/ui/visit/use-names.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { homeOf } from '../../session/home.ts'
import { useMe, useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { referenceOf } from '../book/hold.ts'
import { CertificatePanel } from './CertificatePanel.tsx'
import { VisitCourse } from './VisitCourse.tsx'

/** A visit on paper: what was booked, what was delivered, how it came out (LV-6). */
export function ReceiptPage() {
  const { t } = useTranslation()
  const me = useMe()
  const { call } = useSession()
  const visitId = useParams()['visitId'] ?? ''
  const receipt = useResource(
    useCallback(() => call('visitReceipt', { params: { visitId } }), [call, visitId]),
  )
  return (
    <AccountPage>
      <div className="vv-stack">
        <Link to={homeOf(me)} className="vv-back vv-no-print">
          {t('common.back')}
        </Link>
        <PageHeading>{t('receipt.title')}</PageHeading>
        {receipt.phase === 'loading' && <Progress />}
        {receipt.phase === 'failed' && (
          <FailureNotice code={receipt.code} onRetry={receipt.reload} />
        )}
        {receipt.phase === 'ready' && <Receipt receipt={receipt.data} />}
      </div>
    </AccountPage>
  )
}

function Receipt({ receipt }: { receipt: Reply<'visitReceipt'> }) {
  const { t, i18n } = useTranslation()
  const printed = new Intl.DateTimeFormat(localeOf(i18n.language), {
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(new Date(receipt.printedAt))
  return (
    <>
      <Panel>
        <SummaryList rows={useRows(receipt)} />
      </Panel>
      {receipt.statement !== null && (
        <Panel>
          <div className="vv-stack vv-stack--near">
            <h2>{t('statement.title')}</h2>
            <VisitStatement statement={receipt.statement} timeZone={ownZone()} />
          </div>
        </Panel>
      )}
      {receipt.hasCertificate && <CertificatePanel visitId={receipt.visitId} />}
      {receipt.course !== null && receipt.course.length > 0 && (
        <Panel>
          <div className="vv-stack vv-stack--near">
            <h2>{t('receipt.course')}</h2>
            <VisitCourse course={receipt.course} timeZone={receipt.facility.timeZone} />
          </div>
        </Panel>
      )}
      <p className="vv-soft vv-small">{t('receipt.printed', { service: BRAND, when: printed })}</p>
      <div className="vv-no-print">
        <Button isWide onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      </div>
    </>
  )
}

function useRows(receipt: Reply<'visitReceipt'>) {
  const { t } = useTranslation()
  const names = useNames()
  const { facility, linkCentre, room, outcome } = receipt
  const where =
    linkCentre === null
      ? t('visitPlace.HOME')
      : [linkCentre.name, room, linkCentre.address].filter((part) => part !== null).join(', ')
  return [
    { term: t('booking.reference'), value: referenceOf(receipt.visitId) },
    { term: t('ended.when'), value: <DualTime {...receipt} facilityZone={facility.timeZone} /> },
    { term: t('ended.facility'), value: facility.name },
    { term: t('booking.who'), value: names(receipt.visitorNames) },
    { term: t('booking.whom'), value: receipt.inmateFirstName },
    { term: t('booking.where'), value: where },
    ...lengthsOf(receipt).map(({ what, ms }) => ({
      term: t(`call.${what}`),
      value: <ClockText lengthMs={ms} />,
    })),
    {
      term: t('receipt.outcome'),
      value: outcome === null ? t('receipt.noOutcome') : t(`outcomeShort.${outcome}`),
    },
  ]
}

/** Where there is a statement, it says them: nobody wants to compare the same figure twice. */
function lengthsOf({ statement, bookedMs, deliveredMs }: Reply<'visitReceipt'>) {
  if (statement !== null) return []
  return [
    { what: 'booked', ms: bookedMs },
    { what: 'delivered', ms: deliveredMs },
  ] as const
}
