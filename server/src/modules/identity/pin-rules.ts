import { afterFailure, countAt, waitsUntil } from './limit-rules.ts'
import type { Count, Limit } from './limit-rules.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A four-digit PIN leaves one chance in two thousand to somebody who may try five times. */
export const MAX_PIN_FAILURES = 5
/** Long enough to spoil guessing, short enough to save the visit of somebody who mistyped. */
export const PIN_LOCK_MS = 15 * MINUTE_MS

/**
 * One inmate's PIN at one terminal: the fifth wrong one waits, each after it twice as long. Another terminal
 * has a count of its own, so that nobody can lock somebody out everywhere.
 */
export const PIN_LIMIT: Limit = {
  free: MAX_PIN_FAILURES - 1,
  firstWaitMs: PIN_LOCK_MS,
  longestWaitMs: 4 * HOUR_MS,
  forgottenAfterMs: DAY_MS,
}

/** One inmate's PIN at all terminals: it locks nothing, but is told. */
export const PIN_DAY_LIMIT: Limit = {
  free: Number.POSITIVE_INFINITY,
  firstWaitMs: 0,
  longestWaitMs: 0,
  forgottenAfterMs: DAY_MS,
}
/** So many a day nobody mistypes; of a four-digit PIN it is a thousandth. */
export const PIN_ALARM_AT = 10

/** Until when the PIN is not even looked at; null: it is. */
export function pinLockedUntil(count: Count | null, now: Date): Date | null {
  return waitsUntil(countAt(count, PIN_LIMIT, now), PIN_LIMIT, now)
}

/** The count after a wrong PIN. */
export function afterWrongPin(count: Count | null, now: Date): Count {
  return afterFailure(countAt(count, PIN_LIMIT, now), PIN_LIMIT, now)
}

/** An inmate's count of the day after a wrong PIN at any terminal, and whether it is to be told. */
export function afterWrongPinOfDay(
  count: Count | null,
  now: Date,
): { readonly count: Count; readonly isAlarm: boolean } {
  const after = afterFailure(countAt(count, PIN_DAY_LIMIT, now), PIN_DAY_LIMIT, now)
  return { count: after, isAlarm: after.failures === PIN_ALARM_AT }
}
