import { localeOf } from '@visavis/ui'
import { useTranslation } from 'react-i18next'

/** 5 January 1970 was a Monday. */
const A_MONDAY = 5

/** The name of an ISO weekday (1 is Monday), as the language has it. */
export function useWeekdayWords(): (weekday: number) => string {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(localeOf(i18n.language), {
    timeZone: 'UTC',
    weekday: 'long',
  })
  return (weekday) => format.format(new Date(Date.UTC(1970, 0, A_MONDAY + weekday - 1)))
}
