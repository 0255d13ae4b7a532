/** What the contract takes as a PIN: four to eight digits. */
export const MIN_PIN_LENGTH = 4
const MAX_PIN_LENGTH = 8

/** The PIN with one more digit; what is too long is not taken. */
export function withDigit(pin: string, digit: string): string {
  return pin.length < MAX_PIN_LENGTH ? pin + digit : pin
}
