import { AsyncLocalStorage } from 'node:async_hooks'

/** What let a request in: goes into the audit entries that are written for it (TR-1, TR-3). */
export type AllowedBy = {
  /** `http:` and the route's name, or `socket:` and the command's. */
  readonly rule: string
  /** What bound the caller to what was asked. */
  readonly reach: 'FACILITY' | 'ESTATE' | 'OPERATOR' | 'SELF' | 'TERMINAL' | 'PUBLIC'
}

/** What let it in, and by which rule of the table it was then decided. */
type Standing = { readonly by: AllowedBy; rule: string | null }

const current = new AsyncLocalStorage<Standing>()

/** Runs `work` as something that `by` has let in; whatever it waits for is done under the same. */
export function runAllowed<Result>(by: AllowedBy, work: () => Result): Result {
  return current.run({ by, rule: null }, work)
}

/** What let in whatever runs now; null of jobs and of the server itself. */
export function allowedBy(): AllowedBy | null {
  const standing = current.getStore()
  if (!standing) return null
  const { by, rule } = standing
  return rule === null ? by : { ...by, rule: `${by.rule} ${rule}` }
}

/** Notes the rule of the table of access that has let on whatever runs now; entries from here on name it. */
export function noteRule(rule: string): void {
  const standing = current.getStore()
  if (standing) standing.rule = rule
}
