import { tokenHash } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/transact.ts'
import { Refusal } from '@visavis/contract/errors'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { AccountsKit } from './accounts-kit.ts'
import { makeCode, matchCode, refuseUnless } from './mail-codes.ts'
import { mailCodesRepo } from './mail-codes.repo.ts'
import { MOST_CODES_A_DAY } from './recovery-rules.ts'

const DAY_MS = 24 * 3_600_000

/** Proving an address, the own one or a new one. */
export type AddressService = ReturnType<typeof createAddressService>

export function createAddressService(kit: AccountsKit) {
  return {
    /** Sends a code. An address that somebody else has gets none, and the answer does not tell (EL-2). */
    ask: (actor: AccountActor, email: string, requestId: string): Promise<void> =>
      kit.transact((tx) => ask(tx, kit, { actor, email, requestId })),
    /** Refuses with CODE_REFUSED. A new address is the login from then on; the old one gets a notice. */
    prove: async (actor: AccountActor, code: string, requestId: string): Promise<void> => {
      refuseUnless(await kit.transact((tx) => prove(tx, kit, { actor, code, requestId })))
    },
  }
}

const ownerOf = ({ authSessionId }: AccountActor): string => tokenHash(authSessionId)

async function ask(
  tx: Tx,
  kit: AccountsKit,
  given: { actor: AccountActor; email: string; requestId: string },
): Promise<void> {
  const { actor, requestId } = given
  const { accountId, language } = actor
  const email = given.email.trim().normalize('NFC').toLowerCase()
  const since = new Date(kit.clock.now().getTime() - DAY_MS)
  const sent = await mailCodesRepo.countSince(tx, { accountId, purpose: 'ADDRESS' }, since)
  if (sent >= MOST_CODES_A_DAY) throw new Refusal('TOO_MANY_REQUESTS')
  const { code, mailCodeId } = await makeCode(tx, kit, {
    ...{ purpose: 'ADDRESS', accountId, email, browserHash: ownerOf(actor) },
  })
  if (!(await mailCodesRepo.isLoginTaken(tx, email, accountId))) {
    await kit.notices.queue(tx, {
      kind: 'ADDRESS_CODE',
      to: { email, language },
      details: { code },
      dedupeKey: `address:${mailCodeId}`,
    })
  }
  await enter(tx, kit, { actor, requestId, action: 'address.ask' })
}

async function prove(
  tx: Tx,
  kit: AccountsKit,
  { actor, code, requestId }: { actor: AccountActor; code: string; requestId: string },
): Promise<true | null> {
  const { accountId, visitorId, language } = actor
  const now = kit.clock.now()
  const row = await matchCode(tx, kit, { purpose: 'ADDRESS', browserHash: ownerOf(actor), code })
  const email = row?.email ?? null
  const account = await mailCodesRepo.visitorAccount(tx, { accountId })
  if (row === null || email === null || account === null || visitorId === null) {
    await enter(tx, kit, { actor, requestId, action: 'address.prove', reason: 'WRONG_CODE' })
    return null
  }
  if (await mailCodesRepo.isLoginTaken(tx, email, accountId)) return null
  if (!(await mailCodesRepo.use(tx, row.mailCodeId, now))) return null
  await mailCodesRepo.setAddress(tx, { accountId, visitorId, email }, now)
  if (account.login !== email) {
    await kit.notices.queue(tx, {
      kind: 'ADDRESS_CHANGED',
      to: { email: account.login, language },
      dedupeKey: `address-changed:${row.mailCodeId}`,
    })
  }
  await enter(tx, kit, { actor, requestId, action: 'address.prove' })
  return true
}

type Entered = { actor: AccountActor; requestId: string; action: string; reason?: string }

async function enter(
  tx: Tx,
  { audit }: AccountsKit,
  { actor, requestId, action, reason }: Entered,
): Promise<void> {
  await audit.append(tx, {
    ...{ facilityId: actor.facilityId, actor: auditActorOf(actor), action, requestId },
    object: { type: 'account', objectId: actor.accountId },
    ...(reason === undefined ? { outcome: 'allow' } : { outcome: 'deny', reason }),
  })
}
