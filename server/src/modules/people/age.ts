import { isOfAge } from '@visavis/contract/coming-of-age'
import { DateTime } from 'luxon'
import { localDateOf } from './local-date.ts'

/** Whether somebody is of age at an instant, by the calendar of a zone; `birthDate` is a `date` column. */
export function isAdultAt(
  birthDate: Date,
  at: { readonly instant: Date; readonly timeZone: string },
  adultAge: number,
): boolean {
  const day = DateTime.fromJSDate(at.instant, { zone: at.timeZone }).toFormat('yyyy-MM-dd')
  return isOfAge(localDateOf(birthDate), adultAge, day)
}
