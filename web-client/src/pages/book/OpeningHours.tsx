import { useTranslation } from 'react-i18next'
import { minuteText, openingLines, weekdayName } from './opening-hours.ts'
import type { LinkCentre } from './types.ts'

/** When a link centre is open, in its own time. */
export function OpeningHours({ openingHours }: Pick<LinkCentre, 'openingHours'>) {
  const { t, i18n } = useTranslation()
  return openingLines(openingHours).map(({ from, to, stretches }) => {
    const first = weekdayName(from, i18n.language)
    const days =
      from === to ? first : t('time.range', { from: first, to: weekdayName(to, i18n.language) })
    const times = stretches.map(({ fromMinute, toMinute }) =>
      t('time.range', {
        from: minuteText(fromMinute, i18n.language),
        to: minuteText(toMinute, i18n.language),
      }),
    )
    return (
      <span key={from} className="vv-opening vv-numbers">
        {days}: {times.join(', ')}
      </span>
    )
  })
}
