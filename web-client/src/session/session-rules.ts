import type { FailureCode } from '@visavis/ui'
import type { Session, SignedOutWhy } from './session.ts'

/** When the sign-in of a page was to end, and when the server last answered to it; in ms. */
export type Known = { readonly expiresAtMs: number; readonly heardAtMs: number }

/** Nobody's sign-in ends for want of use so soon after it was used. */
const SURELY_IN_USE_MS = 10 * 60_000

/** What a refusal to say who is signed in means; `before`: of whoever was, null: nobody was. */
export function sessionAfter(
  code: FailureCode,
  before: Known | null,
  nowMs: number,
): Exclude<Session, { phase: 'signedIn' }> {
  if (!isSignInLost(code)) return { phase: 'failed', code }
  const wasEnded = code === 'SESSION_ENDED'
  const isEarly =
    before !== null && nowMs < before.expiresAtMs && nowMs - before.heardAtMs < SURELY_IN_USE_MS
  if (wasEnded || isEarly) return signedOut('ENDED')
  return signedOut(code === 'SESSION_EXPIRED' || before !== null ? 'EXPIRED' : 'NOBODY')
}

/** Whether a refusal says that the sign-in may be over. */
export function isSignInLost(code: string): boolean {
  return ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED'].includes(code)
}

/** What one tab tells the others of this browser: somebody came, or everybody left. */
export type TabNews =
  { readonly what: 'signedIn'; readonly accountId: string } | { readonly what: 'left' }

/**
 * What a tab does with the news of another one: `LEAVE` the pages of whoever was here, load them `ANEW` for
 * whoever came, ask `WHO` is here now, or nothing.
 */
export function afterNews(session: Session, news: TabNews): 'LEAVE' | 'ANEW' | 'WHO' | null {
  const isHere = session.phase === 'signedIn'
  if (news.what === 'left') return isHere ? 'LEAVE' : null
  if (!isHere) return session.phase === 'signedOut' ? 'WHO' : null
  return session.me.accountId === news.accountId ? null : 'ANEW'
}

function signedOut(why: SignedOutWhy): Extract<Session, { phase: 'signedOut' }> {
  return { phase: 'signedOut', why }
}
