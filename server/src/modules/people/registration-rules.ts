import { IANAZone } from 'luxon'

const HOUR_MS = 3_600_000
/** A mail that is read the next day still works; a link in an old mailbox does not. */
export const LINK_LIFE_MS = 24 * HOUR_MS
/** Nobody needs more; whoever wants to fill somebody's mailbox gets no further. */
export const MOST_LINKS_PER_ADDRESS = 5
/** The oldest person alive was born after this. */
const EARLIEST_BIRTH_DATE = '1900-01-01'

/** An address as an account's login has it. */
export function loginOf(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

/** What cannot be so, although its form is right; null: it can. */
export function registrationFault(
  given: { readonly birthDate: string; readonly timeZone: string },
  now: Date,
): { field: string; cure: string } | null {
  return birthDateFault(given.birthDate, now) ?? zoneFault(given.timeZone)
}

/** Whether somebody can be born on that date, `YYYY-MM-DD`. */
export function birthDateFault(
  birthDate: string,
  now: Date,
): { field: string; cure: string } | null {
  const today = now.toISOString().slice(0, 10)
  if (birthDate < today && birthDate >= EARLIEST_BIRTH_DATE) return null
  return { field: 'birthDate', cure: 'Give the date of birth as it is in the document.' }
}

/** Whether the zone is one of the IANA list. */
export function zoneFault(timeZone: string): { field: string; cure: string } | null {
  if (IANAZone.isValidZone(timeZone)) return null
  return { field: 'timeZone', cure: 'Give a zone of the IANA list, for example Europe/Berlin.' }
}
