import type { FailureCode, Result } from '@visavis/ui'

/** Answers after which the server surely holds no sign-in of ours. */
const NOBODY_IS_IN: ReadonlySet<FailureCode> = new Set([
  'NOT_SIGNED_IN',
  'SESSION_EXPIRED',
  'SESSION_ENDED',
  'TERMINAL_NOT_ENROLLED',
])
const KEY = 'visavis.terminal.signOutOwed'

/** Where the debt is kept, so that it outlives a restart of the terminal. */
export type DebtStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The sign-out that the terminal owes to whoever left it. */
export type OwedSignOut = {
  /** The person is gone from the screen; the server has yet to hear of it. */
  readonly owe: () => void
  /** Pays what is owed, if anything. Until it succeeds, nobody may be shown as signed in. */
  readonly settle: () => Promise<Result<unknown>>
}

/**
 * A sign-out that the network swallowed would leave one inmate's sign-in to the next one, so it is
 * written down first and tried again before anything else is asked.
 */
export function createOwedSignOut(
  signOut: () => Promise<Result<unknown>>,
  store: DebtStore = localStorage,
): OwedSignOut {
  let running: Promise<Result<unknown>> | null = null

  const pay = async (): Promise<Result<unknown>> => {
    const result = await signOut()
    if (!result.ok && !NOBODY_IS_IN.has(result.code)) return result
    store.removeItem(KEY)
    return { ok: true, data: null }
  }
  return {
    owe: () => store.setItem(KEY, 'yes'),
    settle() {
      if (store.getItem(KEY) === null) return Promise.resolve({ ok: true, data: null })
      // One at a time: a late answer to a second one would throw out whoever signed in meanwhile.
      running ??= pay().finally(() => (running = null))
      return running
    },
  }
}
