import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { enrolmentCodeHash, newEnrolmentCode } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import { setUpCodesRepo } from './set-up-codes.repo.ts'

/** A code that is handed over on paper or by word of mouth before the next shift. */
const SET_UP_CODE_LIFE_MS = 24 * 3_600_000

/** A one-time code in the clear; it is shown once and kept nowhere. */
export type IssuedCode = { readonly code: string; readonly expiresAt: Date }

/** One-time codes with which an account's first passkey is set up. */
export type SetUpCodes = {
  /** A new code; the ones before are void. `issuedBy`: an account; null: at the machine itself. */
  readonly issue: (tx: Tx, accountId: string, issuedBy: string | null) => Promise<IssuedCode>
  /** Uses a code up; false: wrong, used or too old. */
  readonly use: (
    tx: Tx,
    which: { accountId: string; codeHash: string },
    now: Date,
  ) => Promise<boolean>
}

export function createSetUpCodes({ clock }: { clock: Clock }): SetUpCodes {
  return {
    issue: async (tx, accountId, createdBy) => {
      const createdAt = clock.now()
      const expiresAt = new Date(createdAt.getTime() + SET_UP_CODE_LIFE_MS)
      const code = newEnrolmentCode()
      await setUpCodesRepo.voidOpen(tx, accountId, createdAt)
      const codeHash = enrolmentCodeHash(code)
      const row = { setUpCodeId: newId(), accountId, codeHash, createdBy, createdAt, expiresAt }
      await setUpCodesRepo.add(tx, row)
      return { code, expiresAt }
    },
    use: (tx, which, now) => setUpCodesRepo.use(tx, which, now),
  }
}
