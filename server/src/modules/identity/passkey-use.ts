import type { Tx } from '../../platform/transact.ts'
import { ANONYMOUS } from '../audit/index.ts'
import type { IdentityParts } from './identity-parts.ts'
import { PasskeyRefused } from './passkeys.service.ts'
import type { Answered } from './passkeys.service.ts'
import { tellPasskeyCopied } from './sign-in-alarms.ts'

/** Notes a passkey's use; refuses if another answer with the same counter was first. */
export async function takePasskey(
  tx: Tx,
  { proofs, clock }: Pick<IdentityParts, 'proofs' | 'clock'>,
  { passkey, counter, isBackedUp }: Answered,
): Promise<void> {
  const used = { counter, isBackedUp, lastUsedAt: clock.now() }
  const isFirst = await proofs.usePasskey(tx, passkey, used)
  if (!isFirst) throw new PasskeyRefused('COUNTER_WENT_BACK', passkey)
}

/** Enters a refused passkey in the log with its reason; one that may be a copy is an alarm besides. */
export async function notePasskeyRefused(
  parts: Pick<IdentityParts, 'transact' | 'audit' | 'repo' | 'tasks' | 'clock'>,
  { fault, passkey }: PasskeyRefused,
  requestId: string,
): Promise<void> {
  const account = passkey && (await parts.repo.accountById(passkey.accountId))
  const facilityId = account?.facilityId ?? null
  await parts.transact(async (tx) => {
    await parts.audit.append(tx, {
      ...{ facilityId, actor: ANONYMOUS, outcome: 'deny', reason: fault, requestId },
      action: fault === 'COUNTER_WENT_BACK' ? 'passkey.alarm' : 'passkey.use',
      object: passkey
        ? { type: 'passkey', objectId: passkey.passkeyId }
        : { type: 'passkey', objectId: 'unknown' },
    })
    if (passkey && fault === 'COUNTER_WENT_BACK') {
      await tellPasskeyCopied(tx, { facilityId, passkeyId: passkey.passkeyId }, parts)
    }
  })
}
