import { ERROR_STATUS, Fault, Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'

/** Statuses from here on tell of a server in trouble, not of a caller who may not. */
const SERVER_TROUBLE = 500

/** The code an unknown thing carries, if it is one of the table's. */
export function knownCode(value: unknown): ErrorCode | null {
  return typeof value === 'string' && Object.hasOwn(ERROR_STATUS, value)
    ? (value as ErrorCode)
    : null
}

/** What ends by itself; a terminal proves its key anew at each try. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'TOO_MANY_REQUESTS',
  'TERMINAL_PROOF_REQUIRED',
  'TERMINAL_PROOF_REFUSED',
])

/** Whether the same request may well be accepted a little later, so that it is worth trying again. */
export function isPassing(code: ErrorCode): boolean {
  return PASSING.has(code) || ERROR_STATUS[code] >= SERVER_TROUBLE
}

/** Whether an error came from the server or the way to it, and not from the browser's media library. */
export function isSignallingError(error: unknown): error is Refusal | Fault {
  return error instanceof Refusal || error instanceof Fault
}
