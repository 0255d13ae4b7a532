import { FailureNotice, Notice, Progress, ownZone } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ChoiceList } from '../../forms/ChoiceList.tsx'
import { StepPage } from '../../forms/StepPage.tsx'
import { daysOf, isOpenDay, soonest } from './calendar.ts'
import { DayGrid } from './DayGrid.tsx'
import type { PartyStepProps } from './JourneyPage.tsx'
import { PlaceTime } from './PlaceTime.tsx'
import { QuotaLine } from './QuotaLine.tsx'
import { slotChosen } from './slot-chosen.ts'
import type { Places } from './types.ts'
import { usePlaces } from './use-places.ts'

/** Which day: four weeks at a glance, and the soonest time at a press. */
export function DayStep(props: PartyStepProps) {
  const { t } = useTranslation()
  const { party, answers, inmate, frame } = props
  const places = usePlaces({ party, visitClass: answers.visitClass })
  return (
    <StepPage title={t('booking.dayTitle')} {...frame}>
      <p className="vv-soft">
        <QuotaLine quota={inmate.quota} />
      </p>
      {places.phase === 'loading' && <Progress words={t('booking.lookingForPlaces')} />}
      {places.phase === 'failed' && <FailureNotice code={places.code} onRetry={places.reload} />}
      {places.phase === 'ready' && <Days {...props} places={places.data} />}
      <p>
        <Link to="/book/why">{t('booking.whyLink')}</Link>
      </p>
    </StepPage>
  )
}

function Days({ answers, go, places }: PartyStepProps & { places: Places }) {
  const { t } = useTranslation()
  const timeZone = ownZone()
  const [nowMs] = useState(() => Date.now())
  const days = daysOf({ places: places.places, full: places.full, timeZone, nowMs })
  const first = soonest(places.places)
  if (!days.some(isOpenDay)) {
    return (
      <Notice tone="warn" title={t('booking.noPlacesTitle')}>
        <p>{t('booking.noPlacesBody')}</p>
      </Notice>
    )
  }
  return (
    <>
      {first && (
        <section className="vv-stack vv-stack--close">
          <h2>{t('booking.soonest')}</h2>
          <ChoiceList
            chosen={null}
            choices={[
              {
                value: first.slotId,
                title: <PlaceTime place={first} facilityZone={places.facility.timeZone} hasDay />,
              },
            ]}
            onChoose={() => go(slotChosen(first))}
          />
        </section>
      )}
      <section className="vv-stack vv-stack--close">
        <h2>{t('booking.allDays')}</h2>
        <DayGrid
          days={days}
          chosen={answers.day}
          onChoose={(day) => go({ type: 'dayChosen', day })}
        />
      </section>
    </>
  )
}
