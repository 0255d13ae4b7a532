import { buttonClass, useNow } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { addDays, dateIn, isDate } from '../office/parts/office-time.ts'

type DateSwitchProps = {
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly timeZone: string
}

/** The day before, today, the day after, or any other; the address keeps it. */
export function DateSwitch({ date, timeZone }: DateSwitchProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const today = dateIn(useNow(), timeZone)
  const look = buttonClass({ look: 'secondary', isSmall: true })
  return (
    <nav className="vv-host__dates" aria-label={t('host.dates')}>
      <Link className={look} to={`?date=${addDays(date, -1)}`}>
        {t('host.before')}
      </Link>
      <Link className={look} to="?" aria-current={date === today ? 'date' : undefined}>
        {t('host.today')}
      </Link>
      <Link className={look} to={`?date=${addDays(date, 1)}`}>
        {t('host.after')}
      </Link>
      <label className="vv-host__date">
        <span>{t('host.date')}</span>
        <input
          key={date}
          type="date"
          className="govuk-input"
          defaultValue={date}
          onChange={({ target }) => {
            if (isDate(target.value)) void navigate(`?date=${target.value}`)
          }}
        />
      </label>
    </nav>
  )
}
