import type { FailureCode } from '../i18n/use-error-words.ts'
import { shortCodeOf } from './trace.ts'

/** Failures that are ours and whose cause only we can look up. */
const OURS: ReadonlySet<FailureCode> = new Set(['INTERNAL', 'DEPENDENCY_FAILED'])

const latest = new Map<FailureCode, string>()

/** Keeps which request failed last with that code, if it is a failure of ours. */
export function noteTrouble(code: FailureCode, requestId: unknown): void {
  if (OURS.has(code) && typeof requestId === 'string') latest.set(code, shortCodeOf(requestId))
}

/** What a person tells us so that we find this failure; null where there is nothing to look up. */
export function troubleCodeOf(code: FailureCode): string | null {
  return latest.get(code) ?? null
}
