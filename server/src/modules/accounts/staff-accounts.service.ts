import { Refusal, panic } from '@visavis/contract/errors'
import type { RouteBody, StaffAccountView, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { auditActorOf, isSamePerson, requireAnother } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { AccountsKit } from './accounts-kit.ts'
import { codeView, glassView, staffView } from './staff-view.ts'
import type { StaffAccountsRepo, StaffRow } from './staff-accounts.repo.ts'

type NewAccount = RouteBody<typeof routes.createStaffAccount>
/** An administrator, whom an act is about, and its request. */
export type AdminAct = {
  readonly actor: AccountActor
  readonly accountId: string
  readonly requestId: string
}

const DAY_MS = 24 * 3_600_000
/** What an administrator who comes back from a holiday should still see. */
const GLASS_SHOWN_MS = 30 * DAY_MS

/** Accounts of a facility's staff. */
export type StaffAccountsService = ReturnType<typeof createStaffAccountsService>

export function createStaffAccountsService(kit: AccountsKit, repo: StaffAccountsRepo) {
  return {
    list: (actor: AccountActor) => list(kit, repo, actor),
    /** Refuses with LOGIN_TAKEN. */
    create: (actor: AccountActor, given: NewAccount, requestId: string) =>
      kit.transact((tx) => create(tx, { kit, repo }, { actor, given, requestId })),
    /** Refuses with ALREADY_DECIDED an account that has a passkey. */
    issueCode: (act: AdminAct) =>
      kit.transact(async (tx) => {
        const row = await staffOf(tx, repo, act)
        if (row._count.passkeys > 0) throw new Refusal('ALREADY_DECIDED')
        const code = await kit.identity.parts.setUpCodes.issue(
          tx,
          act.accountId,
          act.actor.accountId,
        )
        await enter(tx, kit, { ...act, action: 'account.issueCode' })
        return codeView(code)
      }),
    /** Its sign-ins end with it: the database sees to that. Nobody disables themselves. */
    disable: (act: AdminAct, reason: string) =>
      setDisabled({ kit, repo }, act, { isDisabled: true, reason }),
    enable: (act: AdminAct, reason: string) =>
      setDisabled({ kit, repo }, act, { isDisabled: false, reason }),
    endSessions: (act: AdminAct): Promise<number> =>
      kit.transact(async (tx) => {
        await staffOf(tx, repo, act)
        const { accountId } = act
        const ended = await kit.identity.parts.repo.endSignIns(tx, { accountId }, kit.clock.now())
        await enter(tx, kit, { ...act, action: 'account.endSessions' })
        return ended
      }),
    /** Asks for what a second administrator decides. */
    askReset: (act: AdminAct, reason: string) =>
      kit.transact((tx) => askReset(tx, { kit, repo }, { act, reason })),
    decideReset: (
      actor: AccountActor,
      given: { resetId: string; isApproved: boolean; requestId: string },
    ) => kit.transact((tx) => decideReset(tx, { kit, repo }, { actor, ...given })),
  }
}

type Parts = { readonly kit: AccountsKit; readonly repo: StaffAccountsRepo }

async function list({ clock }: AccountsKit, repo: StaffAccountsRepo, actor: AccountActor) {
  const facilityId = facilityOf(actor)
  const now = clock.now()
  const since = new Date(now.getTime() - GLASS_SHOWN_MS)
  const [rows, glass] = await Promise.all([
    repo.all(facilityId),
    repo.brokenGlass(facilityId, since),
  ])
  return {
    accounts: rows.map((row) => staffView(row, actor, now)),
    breakGlass: glass.map((row) => glassView(row, now)),
  }
}

async function create(
  tx: Tx,
  { kit, repo }: Parts,
  { actor, given, requestId }: { actor: AccountActor; given: NewAccount; requestId: string },
) {
  const facilityId = facilityOf(actor)
  const { login, role, language, givenName = '', familyName = '' } = given
  const accountId = newId()
  const officer =
    role === 'officer' ? { officerId: newId(), facilityId, givenName, familyName } : null
  const account = { accountId, login, role, language, facilityId, passwordHash: null }
  const officerId = officer?.officerId ?? null
  if (!(await repo.add(tx, { account: { ...account, officerId }, officer }))) {
    throw new Refusal('LOGIN_TAKEN')
  }
  const code = await kit.identity.parts.setUpCodes.issue(tx, accountId, actor.accountId)
  await enter(tx, kit, { actor, accountId, requestId, action: 'account.create', detail: { role } })
  const row = (await repo.one(tx, facilityId, accountId)) ?? panic('a new account is not there')
  return { account: staffView(row, actor, kit.clock.now()), setUpCode: codeView(code) }
}

async function setDisabled(
  { kit, repo }: Parts,
  act: AdminAct,
  { isDisabled, reason }: { isDisabled: boolean; reason: string },
): Promise<StaffAccountView> {
  return kit.transact(async (tx) => {
    const row = await staffOf(tx, repo, act)
    if (isDisabled) requireNotOneself(act, row)
    const now = kit.clock.now()
    const isSo = (row.disabledAt !== null) === isDisabled
    if (!isSo) {
      await repo.setDisabled(tx, act.accountId, isDisabled ? now : null)
      await enter(tx, kit, {
        ...act,
        action: isDisabled ? 'account.disable' : 'account.enable',
        reason,
      })
    }
    return staffView(await staffOf(tx, repo, act), act.actor, now)
  })
}

async function askReset(
  tx: Tx,
  { kit, repo }: Parts,
  { act, reason }: { act: AdminAct; reason: string },
): Promise<StaffAccountView> {
  const { actor, accountId } = act
  await kit.identity.parts.proofs.lock(tx, accountId)
  const row = await staffOf(tx, repo, act)
  requireNotOneself(act, row)
  if (row.resets.length > 0) throw new Refusal('ALREADY_DECIDED')
  const askedAt = kit.clock.now()
  await repo.addReset(tx, {
    resetId: newId(),
    accountId,
    reason,
    askedBy: actor.accountId,
    askedAt,
  })
  await enter(tx, kit, { ...act, action: 'account.askReset', reason })
  return staffView(await staffOf(tx, repo, act), actor, askedAt)
}

async function decideReset(
  tx: Tx,
  { kit, repo }: Parts,
  given: { actor: AccountActor; resetId: string; isApproved: boolean; requestId: string },
) {
  const { actor, resetId, isApproved, requestId } = given
  const reset = await repo.reset(tx, facilityOf(actor), resetId)
  if (reset === null) throw new Refusal('NOT_FOUND')
  if (reset.decidedAt !== null) throw new Refusal('ALREADY_DECIDED')
  requireAnother(actor, reset.asker)
  requireAnother(actor, reset.account)
  const { accountId } = reset
  const decidedAt = kit.clock.now()
  const decision = { decidedBy: actor.accountId, decidedAt, isApproved }
  if (!(await repo.decideReset(tx, resetId, decision))) throw new Refusal('ALREADY_DECIDED')
  const action = isApproved ? 'account.reset' : 'account.refuseReset'
  await enter(tx, kit, { actor, accountId, requestId, action })
  return { setUpCode: isApproved ? await resetAll(tx, kit, { actor, accountId }) : null }
}

/** Takes everything away that the account could sign in with, and gives a code in its place. */
async function resetAll(
  tx: Tx,
  { identity, clock }: AccountsKit,
  { actor, accountId }: { actor: AccountActor; accountId: string },
) {
  const { proofs, repo, setUpCodes } = identity.parts
  const now = clock.now()
  await proofs.removePasskeys(tx, { accountId })
  await proofs.removeTotp(tx, accountId)
  await proofs.setPassword(tx, accountId, { passwordHash: null, passwordChangedAt: now })
  await repo.endSignIns(tx, { accountId }, now)
  return codeView(await setUpCodes.issue(tx, accountId, actor.accountId))
}

/** TR-3: of the administrator's own facility; everybody else is NOT_FOUND. */
async function staffOf(tx: Tx, repo: StaffAccountsRepo, act: AdminAct): Promise<StaffRow> {
  const row = await repo.one(tx, facilityOf(act.actor), act.accountId)
  if (row === null) throw new Refusal('NOT_FOUND')
  return row
}

function requireNotOneself({ actor }: AdminAct, row: StaffRow): void {
  if (isSamePerson(actor, row)) throw new Refusal('SECOND_PERSON_REQUIRED')
}

function facilityOf({ facilityId }: AccountActor): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}

type What = { action: string; reason?: string; detail?: { role: string } }

async function enter(
  tx: Tx,
  { audit }: AccountsKit,
  { actor, accountId, requestId, ...what }: AdminAct & What,
): Promise<void> {
  await audit.append(tx, {
    ...{ facilityId: actor.facilityId, actor: auditActorOf(actor), requestId, outcome: 'allow' },
    object: { type: 'account', objectId: accountId },
    ...what,
  })
}
