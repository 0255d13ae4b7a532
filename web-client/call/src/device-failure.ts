import type { DeviceFailure } from './types.ts'

/** Browsers' names for what went wrong; older Chrome and Firefox used some of their own. */
const FAILURES: Readonly<Record<string, DeviceFailure>> = {
  NotAllowedError: 'PERMISSION_DENIED',
  PermissionDeniedError: 'PERMISSION_DENIED',
  SecurityError: 'INSECURE_PAGE',
  NotFoundError: 'NOT_FOUND',
  DevicesNotFoundError: 'NOT_FOUND',
  NotReadableError: 'IN_USE',
  TrackStartError: 'IN_USE',
  AbortError: 'IN_USE',
  OverconstrainedError: 'OVERCONSTRAINED',
}

/** Why `getUserMedia` refused, as one of the reasons that have words (LV-10). */
export function deviceFailureOf(error: unknown): DeviceFailure {
  const name = error instanceof Error ? error.name : ''
  return (Object.hasOwn(FAILURES, name) ? FAILURES[name] : undefined) ?? 'UNKNOWN'
}
