/** Long enough to walk from the office to the wing, short enough that a slip of paper is soon worthless. */
export const CODE_LIFE_MS = 10 * 60_000
/** Windows shown on a terminal that nobody is signed in on: the rest of a busy morning. */
export const NEXT_VISITS_SHOWN = 5

/** A code as it is stored. */
export type StoredCode = { readonly expiresAt: Date; readonly usedAt: Date | null }

/** Whether a code still enrols at `now`. */
export function isCodeUsable(code: StoredCode, now: Date): boolean {
  return code.usedAt === null && now < code.expiresAt
}
