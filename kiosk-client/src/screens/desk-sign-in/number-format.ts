/** What an inmate's number may be at most (the contract's limit). */
const MAX_LENGTH = 40
export const DIGITS: readonly string[] = Array.from('1234567890')
export const LATIN: readonly string[] = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
/** Signs between the parts of a number. */
export const SIGNS: readonly string[] = ['-', '/']

/** A number as records write it: capitals, no spaces, whatever else the alphabet is. */
export function formatNumber(typed: string): string {
  return Array.from(typed.toUpperCase())
    .filter((sign) => /[\p{Lu}\p{Lo}\p{Nd}/-]/u.test(sign))
    .slice(0, MAX_LENGTH)
    .join('')
}

/** The number without its last sign. */
export function withoutLast(number: string): string {
  return Array.from(number).slice(0, -1).join('')
}
