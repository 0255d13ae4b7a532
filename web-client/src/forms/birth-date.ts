/** A date as it is typed, in three parts. */
export type TypedDate = { readonly day: string; readonly month: string; readonly year: string }

export const NO_DATE: TypedDate = { day: '', month: '', year: '' }

export type BirthDateAnswer =
  | { readonly ok: true; readonly date: string }
  | {
      readonly ok: false
      readonly problem: 'MISSING' | 'NOT_A_DATE' | 'IN_FUTURE' | 'TOO_LONG_AGO'
    }

/** Nobody older has ever lived. */
const OLDEST_YEARS = 125

/** Reads a typed birth date into `YYYY-MM-DD`; `today` is one too. */
export function readBirthDate({ day, month, year }: TypedDate, today: string): BirthDateAnswer {
  const typed = [day, month, year].map((part) => part.trim()).join(' ')
  if (typed.trim() === '') return { ok: false, problem: 'MISSING' }
  const found = /^(\d{1,2}) (\d{1,2}) (\d{4})$/.exec(typed)
  const [, dayText = '', monthText = '', yearText = ''] = found ?? []
  const date = `${yearText}-${monthText.padStart(2, '0')}-${dayText.padStart(2, '0')}`
  if (!found || !isDate(date)) return { ok: false, problem: 'NOT_A_DATE' }
  if (date > today) return { ok: false, problem: 'IN_FUTURE' }
  const isTooOld = Number(yearText) < Number(today.slice(0, 4)) - OLDEST_YEARS
  return isTooOld ? { ok: false, problem: 'TOO_LONG_AGO' } : { ok: true, date }
}

/** `YYYY-MM-DD` in the three parts that a form shows; empty for none. */
export function typedDate(date: string): TypedDate {
  if (date === '') return NO_DATE
  const [year = '', month = '', day = ''] = date.split('-')
  return { day: String(Number(day)), month: String(Number(month)), year }
}

/** The date in the parts of a typed one, as it is kept and sent. */
export function isDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === date
}
