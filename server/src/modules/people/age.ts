import { isOfAge } from '@visavis/contract/coming-of-age'
import { DateTime } from 'luxon'

/** Whether somebody is of age at an instant, by the calendar of a zone; `birthDate` is `YYYY-MM-DD`. */
export function isAdultAt(
  birthDate: string,
  at: { readonly instant: Date; readonly timeZone: string },
  adultAge: number,
): boolean {
  const day = DateTime.fromJSDate(at.instant, { zone: at.timeZone }).toFormat('yyyy-MM-dd')
  return isOfAge(birthDate, adultAge, day)
}
