/** A four-digit PIN leaves one chance in two thousand to somebody who may try five times. */
export const MAX_PIN_FAILURES = 5
/** Long enough to spoil guessing, short enough to save the visit of somebody who mistyped. */
export const PIN_LOCK_MS = 15 * 60_000

/** How an inmate's PIN has fared lately. */
export type PinRecord = { readonly pinFailures: number; readonly pinLockedUntil: Date | null }

/** Whether the PIN is not even looked at. */
export function isPinLocked(record: PinRecord, now: Date): boolean {
  return record.pinLockedUntil !== null && now < record.pinLockedUntil
}

/** The record after a wrong PIN; a lock that has run out begins a new count. */
export function afterWrongPin(record: PinRecord, now: Date): PinRecord {
  const failures = record.pinLockedUntil === null ? record.pinFailures + 1 : 1
  const isFull = failures >= MAX_PIN_FAILURES
  return {
    pinFailures: failures,
    pinLockedUntil: isFull ? new Date(now.getTime() + PIN_LOCK_MS) : null,
  }
}

/** The record after the right PIN. */
export const CLEAN_PIN_RECORD: PinRecord = { pinFailures: 0, pinLockedUntil: null }
