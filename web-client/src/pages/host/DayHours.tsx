import { Button } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { weekdayName } from '../book/opening-hours.ts'
import type { HoursChange, HoursProblem, StretchForm, Weekday } from './hours-form.ts'

/** The first input of a stretch, for the links of an error summary. */
export function stretchId(weekday: Weekday, index: number): string {
  return `hours-${weekday}-${index}`
}

type DayHoursProps = {
  readonly weekday: Weekday
  readonly stretches: readonly StretchForm[]
  readonly problems: readonly HoursProblem[]
  readonly onChange: (change: HoursChange) => void
}

/** One weekday: the stretches in which the centre is open, or that it is closed. */
export function DayHours({ weekday, stretches, problems, onChange }: DayHoursProps) {
  const { t, i18n } = useTranslation()
  const day = weekdayName(Number(weekday), i18n.language, 'long')
  return (
    <fieldset className="vv-host__hours">
      <legend>{day}</legend>
      {stretches.length === 0 && <p className="vv-soft">{t('host.closed')}</p>}
      {stretches.map((stretch, index) => (
        <StretchFields
          // Stretches have no name but their place.
          key={index}
          id={stretchId(weekday, index)}
          stretch={stretch}
          removeLabel={t('host.removeHoursLabel', { day, from: stretch.from })}
          problem={problems.find((each) => each.index === index)?.kind ?? null}
          onType={(typed) => onChange({ what: 'typed', weekday, index, stretch: typed })}
          onRemove={() => onChange({ what: 'removed', weekday, index })}
        />
      ))}
      <div className="vv-row">
        <Button
          look="quiet"
          isSmall
          aria-label={t('host.addHoursLabel', { day })}
          onClick={() => onChange({ what: 'added', weekday })}
        >
          {t('host.addHours')}
        </Button>
        {weekday === '1' && (
          <Button look="quiet" isSmall onClick={() => onChange({ what: 'mondayCopied' })}>
            {t('host.copyMonday')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

type StretchFieldsProps = {
  readonly id: string
  readonly stretch: StretchForm
  readonly removeLabel: string
  readonly problem: HoursProblem['kind'] | null
  readonly onType: (stretch: StretchForm) => void
  readonly onRemove: () => void
}

function StretchFields(props: StretchFieldsProps) {
  const { id, stretch, problem, onType, onRemove } = props
  const { t } = useTranslation()
  const field = (side: 'from' | 'to', inputId: string) => (
    <label className="vv-host__time" htmlFor={inputId}>
      <span>{t(`host.${side}`)}</span>
      <input
        id={inputId}
        type="time"
        className="govuk-input"
        value={stretch[side]}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : `${id}-error`}
        onChange={({ target }) => onType({ ...stretch, [side]: target.value })}
      />
    </label>
  )
  return (
    <div className={problem === null ? 'vv-host__stretch' : 'vv-host__stretch vv-field--error'}>
      {problem !== null && (
        <p id={`${id}-error`} className="govuk-error-message">
          {t(`host.hoursWrong.${problem}`)}
        </p>
      )}
      {field('from', id)}
      {field('to', `${id}-to`)}
      <Button look="quiet" isSmall aria-label={props.removeLabel} onClick={onRemove}>
        {t('host.removeHours')}
      </Button>
    </div>
  )
}
