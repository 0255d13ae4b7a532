import { randomInt } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { AccountsKit } from './accounts-kit.ts'
import { mailCodesRepo } from './mail-codes.repo.ts'
import type { CodePurpose, MailCodeRow } from './mail-codes.repo.ts'
import { CODE_LIFE_MS, MOST_TRIES, WAIT_FORGOTTEN_MS } from './recovery-rules.ts'

const DIGITS = 6
const CODES = 10 ** DIGITS

/** A code that is to be sent, and whose it is; `accountId` null: nobody's, and it opens nothing. */
export type NewCode = {
  readonly purpose: CodePurpose
  readonly accountId: string | null
  readonly email: string | null
  readonly browserHash: string
}

/** Makes a code and its row; the code is nowhere but in the mail. */
export async function makeCode(
  tx: Tx,
  { clock, identity }: AccountsKit,
  given: NewCode,
): Promise<{ code: string; mailCodeId: string }> {
  const now = clock.now()
  const mailCodeId = newId()
  const code = String(randomInt(CODES)).padStart(DIGITS, '0')
  const codeHash = identity.parts.keys.digest('mail-code', mailCodeId, code)
  await mailCodesRepo.removeBefore(tx, new Date(now.getTime() - 2 * WAIT_FORGOTTEN_MS))
  const expiresAt = new Date(now.getTime() + CODE_LIFE_MS)
  await mailCodesRepo.add(tx, { mailCodeId, codeHash, createdAt: now, expiresAt, ...given })
  return { code, mailCodeId }
}

/**
 * The row of a code that is right, in the browser in which it was asked for. A wrong one counts, so null is
 * an answer: throwing would undo the count.
 */
export async function matchCode(
  tx: Tx,
  { clock, identity }: AccountsKit,
  given: { purpose: CodePurpose; browserHash: string; code: string },
): Promise<MailCodeRow | null> {
  const { code, ...which } = given
  const row = await mailCodesRepo.openOf(tx, which, clock.now())
  if (row === null) return null
  const mayTry = await mailCodesRepo.countTry(tx, row.mailCodeId, MOST_TRIES)
  const isRight = row.codeHash === identity.parts.keys.digest('mail-code', row.mailCodeId, code)
  return mayTry && isRight && row.accountId !== null ? row : null
}

/** Throws what a wrong code is refused with, after its count was stored. */
export function refuseUnless<Result>(result: Result | null): Result {
  if (result === null) throw new Refusal('CODE_REFUSED')
  return result
}
