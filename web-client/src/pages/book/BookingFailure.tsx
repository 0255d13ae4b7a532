import { FailureNotice } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ChoiceList } from '../../forms/ChoiceList.tsx'
import { useDateWords } from '../../forms/use-date-words.ts'
import { PlaceTime } from './PlaceTime.tsx'
import type { Place } from './types.ts'

export type BookingFailureProps = {
  readonly failure: Extract<Result<unknown>, { ok: false }>
  readonly facilityZone?: string
  /** Books one of the alternatives instead. */
  readonly onAlternative?: (place: Place) => void
  readonly isBusy?: boolean
  readonly onRetry?: () => void
  /** Whether the journey knows enough to explain it. */
  readonly hasWhy?: boolean
  readonly children?: ReactNode
}

/** A refusal of booking: what, until when, which times instead, and why (EL-8, BK-10). */
export function BookingFailure({
  failure,
  onRetry,
  hasWhy = false,
  ...props
}: BookingFailureProps) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const { code, liftsAt, alternatives = [] } = failure
  const { onAlternative } = props
  return (
    <>
      <FailureNotice code={code} {...(onRetry ? { onRetry } : {})}>
        {liftsAt !== undefined && <p>{t('booking.liftsAt', { date: dateWords(liftsAt) })}</p>}
        {hasWhy && <Link to="/book/why">{t('booking.whyLink')}</Link>}
        {props.children}
      </FailureNotice>
      {onAlternative && alternatives.length > 0 && (
        <section className="vv-stack vv-stack--close">
          <h2>{t('booking.alternatives')}</h2>
          <ChoiceList
            chosen={null}
            isBusy={props.isBusy ?? false}
            onChoose={(slotId) => {
              const place = alternatives.find((each) => each.slotId === slotId)
              if (place) onAlternative(place)
            }}
            choices={alternatives.map((place) => ({
              value: place.slotId,
              title: <PlaceTime place={place} facilityZone={props.facilityZone ?? 'UTC'} hasDay />,
              detail: t('booking.placesFree', { count: place.free }),
            }))}
          />
        </section>
      )}
    </>
  )
}
