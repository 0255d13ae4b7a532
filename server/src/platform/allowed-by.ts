import { AsyncLocalStorage } from 'node:async_hooks'

/** What let a request in: goes into the audit entries that are written for it (TR-1, TR-3). */
export type AllowedBy = {
  /** `http:` and the route's name, or `socket:` and the command's. */
  readonly rule: string
  /** What bound the caller to what was asked. */
  readonly reach: 'FACILITY' | 'ESTATE' | 'OPERATOR' | 'SELF' | 'TERMINAL' | 'PUBLIC'
}

const current = new AsyncLocalStorage<AllowedBy>()

/** Runs `work` as something that `by` has let in; whatever it waits for is done under the same. */
export function runAllowed<Result>(by: AllowedBy, work: () => Result): Result {
  return current.run(by, work)
}

/** What let in whatever runs now; null of jobs and of the server itself. */
export function allowedBy(): AllowedBy | null {
  return current.getStore() ?? null
}
