import { FailureNotice, Notice, Progress, capitalised, localeOf, ownZone } from '@visavis/ui'
import { dateIn } from '@visavis/ui/time/calendar-date.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'
import type { PartyStepProps } from './JourneyPage.tsx'
import { slotChosen } from './slot-chosen.ts'
import { TimeList } from './TimeList.tsx'
import type { Place } from './types.ts'
import { usePlaces } from './use-places.ts'
import { WaitButton } from './WaitButton.tsx'

/** Which time of the day; a full one offers the waiting list (BK-10). */
export function TimeStep({ party, answers, frame, go }: PartyStepProps) {
  const { t, i18n } = useTranslation()
  const places = usePlaces({ party, visitClass: answers.visitClass })
  const isThatDay = ({ startsAt }: Place) => dateIn(startsAt, ownZone()) === answers.day
  const day = new Intl.DateTimeFormat(localeOf(i18n.language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.parse(`${answers.day ?? ''}T00:00:00Z`))
  return (
    <StepPage title={capitalised(t('booking.timeTitle', { day }), i18n.language)} {...frame}>
      {answers.isHoldLost && <HoldLost />}
      {places.phase === 'loading' && <Progress words={t('booking.lookingForPlaces')} />}
      {places.phase === 'failed' && <FailureNotice code={places.code} onRetry={places.reload} />}
      {places.phase === 'ready' && (
        <TimeList
          free={places.data.places.filter(isThatDay)}
          full={places.data.full.filter(isThatDay)}
          facilityZone={places.data.facility.timeZone}
          chosen={answers.slotId}
          onChoose={(place) => go(slotChosen(place))}
          waitFor={(place) => <WaitButton party={party} place={place} />}
        />
      )}
      <div className="vv-row">
        <Link to="/book/day">{t('booking.otherDay')}</Link>
        <Link to="/book/why">{t('booking.whyLink')}</Link>
      </div>
    </StepPage>
  )
}

function HoldLost() {
  const { t } = useTranslation()
  return (
    <Notice tone="warn" live="status" title={t('errors.HOLD_LOST.happened')}>
      {t('errors.HOLD_LOST.cure')}
    </Notice>
  )
}
