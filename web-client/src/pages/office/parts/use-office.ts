import { clockRange, clockTime, dateRange, dayName, shortDate } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../session/session.ts'
import { dateIn } from './office-time.ts'

const MINUTE_MS = 60_000

/** The facility somebody works for, and its times in words: the office lives by the facility's clock. */
export type Office = {
  readonly timeZone: string
  readonly facilityId: string
  readonly facilityName: string
  /** Today's local date there. */
  readonly today: string
  /** May decide; an officer only looks. */
  readonly isDesk: boolean
  readonly isAdmin: boolean
  readonly clock: (instant: string) => string
  readonly range: (from: string, to: string) => string
  readonly day: (instant: string) => string
  /** Minutes after midnight, as the language writes a time of day. */
  readonly timeOfDay: (minute: number) => string
  /** `22 Nov 2026, 14:30 – 15:30`; both dates, where they are two. */
  readonly span: (from: string, to: string) => string
  /** `22 Nov 2026, 14:30`. */
  readonly short: (instant: string) => string
}

/** Facts and words of the signed-in person's facility. */
export function useOffice(): Office {
  const { i18n } = useTranslation()
  const { facility, role } = useMe()
  const timeZone = facility?.timeZone ?? 'UTC'
  const options = { language: i18n.language, timeZone }
  return {
    timeZone,
    facilityId: facility?.facilityId ?? '',
    facilityName: facility?.name ?? '',
    today: dateIn(new Date().toISOString(), timeZone),
    isDesk: role === 'scheduler' || role === 'facilityAdmin',
    isAdmin: role === 'facilityAdmin',
    clock: (instant) => clockTime(instant, options),
    range: (from, to) => clockRange(from, to, options),
    day: (instant) => dayName(instant, options),
    timeOfDay: (minute) =>
      clockTime(new Date(minute * MINUTE_MS).toISOString(), { ...options, timeZone: 'UTC' }),
    span: (from, to) => dateRange(from, to, options),
    short: (instant) => `${shortDate(instant, options)}, ${clockTime(instant, options)}`,
  }
}
