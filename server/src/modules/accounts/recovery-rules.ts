const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Long enough for a slow mailbox; short enough that a million codes are not tried. */
export const CODE_LIFE_MS = 10 * MINUTE_MS
export const MOST_TRIES = 5
/** Nobody needs more; whoever wants to fill somebody's mailbox gets no further. */
export const MOST_CODES_A_DAY = 5
/** After the code was shown: time to think of a password. */
export const CHOOSING_LIFE_MS = 30 * MINUTE_MS
/** Within three days an owner who still has the passkey or the app looks at mails or signs in. */
export const WAIT_MS = 3 * DAY_MS
/** Whoever began to wait and never came back begins anew. */
export const WAIT_FORGOTTEN_MS = 14 * DAY_MS

/**
 * From when on an account opens with a code by mail alone; null: at once, as nothing better guards it. A
 * mailbox that was stolen is not enough where there is a passkey or an app: its owner is told, and any
 * sign-in of theirs ends the wait. `waiting`: the end of a wait that has begun earlier.
 */
export function opensAtOf(
  proofs: { readonly passkeys: number; readonly hasTotp: boolean },
  { now, waiting }: { now: Date; waiting: Date | null },
): Date | null {
  if (proofs.passkeys === 0 && !proofs.hasTotp) return null
  return waiting ?? new Date(now.getTime() + WAIT_MS)
}
