import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StepForm, StepPage } from '../../forms/StepPage.tsx'
import { useProblems } from '../../forms/use-problems.ts'
import type { JourneyStepProps } from './JourneyPage.tsx'
import type { Bookable } from './types.ts'

/** Who comes along. The visitor always does. */
export function PeopleStep({ answers, inmates, frame, go }: JourneyStepProps) {
  const { t } = useTranslation()
  const problems = useProblems()
  const inmate = inmates.find(({ inmateId }) => inmateId === answers.inmateId)
  if (!inmate) return null
  const submit = (form: FormData) => {
    const companionIds = form.getAll('companion').filter((id) => typeof id === 'string')
    if (companionIds.length + 1 > inmate.maxVisitors) {
      const text = t('booking.tooMany', { count: inmate.maxVisitors })
      problems.show([{ fieldId: 'companion-0', text }])
      return
    }
    go({ type: 'peopleChosen', companionIds })
  }
  return (
    <StepPage title={t('booking.peopleTitle')} problems={problems} {...frame}>
      <StepForm onSubmit={submit}>
        <Companions
          inmate={inmate}
          chosen={answers.companionIds ?? []}
          error={problems.of('companion-0')}
        />
      </StepForm>
      <details className="vv-details">
        <summary>{t('booking.someoneMissing')}</summary>
        <p>
          {t('booking.someoneMissingBody')} <Link to="/people">{t('nav.people')}</Link>
        </p>
      </details>
    </StepPage>
  )
}

type CompanionsProps = {
  readonly inmate: Bookable
  readonly chosen: readonly string[]
  readonly error: string | null
}

function Companions({ inmate, chosen, error }: CompanionsProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="vv-radios" aria-describedby={error === null ? 'max' : 'max people-error'}>
      <legend>{t('booking.peopleLegend', { name: inmate.displayName })}</legend>
      <p id="max" className="vv-soft">
        {t('booking.peopleMost', { count: inmate.maxVisitors })}
      </p>
      {error !== null && (
        <p id="people-error" className="govuk-error-message">
          {error}
        </p>
      )}
      <p className="vv-you">{t('booking.you', { name: inmate.you.displayName })}</p>
      {inmate.companions.map(({ visitorId, displayName, isAdult }, index) => (
        <label key={visitorId}>
          <input
            id={`companion-${index}`}
            type="checkbox"
            name="companion"
            value={visitorId}
            defaultChecked={chosen.includes(visitorId)}
          />
          <span>
            {displayName}
            {!isAdult && <span className="vv-soft"> ({t('booking.child')})</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
