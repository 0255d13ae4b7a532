/** Born on 29 February: in a common year the birthday is 1 March. */
const LEAP_DAY = '-02-29'
const DAY_AFTER_FEBRUARY = '-03-01'

/** The day on which somebody is that many years old. Both days are local calendar dates, `YYYY-MM-DD`. */
export function dayOfAge(birthDate: string, years: number): string {
  const year = Number(birthDate.slice(0, 4)) + years
  const day = birthDate.slice(4)
  const isMissing = day === LEAP_DAY && !isLeapYear(year)
  return `${String(year).padStart(4, '0')}${isMissing ? DAY_AFTER_FEBRUARY : day}`
}

/** Whether somebody is that many years old on a local calendar date, `YYYY-MM-DD`, the birthday included. */
export function isOfAge(birthDate: string, years: number, onDay: string): boolean {
  return dayOfAge(birthDate, years) <= onDay
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
