import { DateTime } from 'luxon'

/**
 * Whether somebody is of age at an instant, by the calendar of a zone. `birthDate` is a date at midnight
 * UTC; a child of a leap day comes of age on 1 March.
 */
export function isAdultAt(
  birthDate: Date,
  at: { readonly instant: Date; readonly timeZone: string },
  adultAge: number,
): boolean {
  const born = DateTime.fromJSDate(birthDate, { zone: 'utc' })
  const { year, month, day } = DateTime.fromJSDate(at.instant, { zone: at.timeZone })
  const hadBirthday = month > born.month || (month === born.month && day >= born.day)
  return year - born.year - (hadBirthday ? 0 : 1) >= adultAge
}
