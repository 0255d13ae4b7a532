import { DualTime, SummaryList } from '@visavis/ui'
import { useNames } from '@visavis/ui/visit/use-names.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Step } from './journey.ts'
import { stepPath } from './journey.ts'
import { referenceOf } from './hold.ts'
import type { Booking } from './types.ts'

type BookingSummaryProps = {
  readonly booking: Booking
  /** Questions that an answer leads back to. */
  readonly links?: readonly Step[]
  readonly hasReference?: boolean
}

/** A booking on one page: whom, who, where, when, what it takes. */
export function BookingSummary({ booking, links = [], hasReference = false }: BookingSummaryProps) {
  const { t } = useTranslation()
  const names = useNames()
  const { inmate, facility, visitors, paidBy } = booking
  const when = (
    <DualTime
      startsAt={booking.startsAt}
      endsAt={booking.endsAt}
      facilityZone={facility.timeZone}
    />
  )
  const row = (term: string, value: ReactNode, step: Step) => ({
    term,
    value: links.includes(step) ? <Answer term={term} value={value} step={step} /> : value,
  })
  const rows = [
    ...(hasReference
      ? [{ term: t('booking.reference'), value: <Reference visitId={booking.visitId} /> }]
      : []),
    row(t('booking.whom'), `${inmate.displayName}, ${facility.name}`, 'inmate'),
    row(t('booking.who'), names(visitors.map(({ displayName }) => displayName)), 'people'),
    row(t('booking.where'), <Where booking={booking} />, 'place'),
    row(t('booking.when'), when, 'time'),
    ...(paidBy === 'NOTHING'
      ? []
      : [{ term: t('booking.takes'), value: t(`booking.paidBy.${paidBy}`) }]),
  ]
  return <SummaryList rows={rows} />
}

function Reference({ visitId }: { visitId: string }) {
  return (
    <span className="vv-numbers" translate="no">
      {referenceOf(visitId)}
    </span>
  )
}

function Answer({ term, value, step }: { term: string; value: ReactNode; step: Step }) {
  const { t } = useTranslation()
  return (
    <div className="vv-answer">
      <div>{value}</div>
      <Link to={stepPath(step)}>
        {t('form.change')}
        <span className="govuk-visually-hidden"> {term}</span>
      </Link>
    </div>
  )
}

function Where({ booking: { place, linkCentre } }: { booking: Booking }) {
  const { t } = useTranslation()
  if (place === 'HOME' || linkCentre === null) return t(`visitPlace.${place}`)
  return (
    <>
      {linkCentre.name}, {linkCentre.room}
      <br />
      <span className="vv-soft vv-small">{linkCentre.address}</span>
    </>
  )
}
