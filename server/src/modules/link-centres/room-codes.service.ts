import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { enrolmentCodeHash, newEnrolmentCode } from '../../platform/secrets.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import { ANONYMOUS } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor, Identity, RoomSignedIn } from '../identity/index.ts'
import { roomAccountOf, roomCodeEnd, roomCodeObstacle } from './desk-rules.ts'
import type { DeskVisits } from './desk-visits.ts'
import type { DeskRepo } from './desk.repo.ts'
import { ownVisit, requireClear } from './desk.service.ts'
import { gatherAtDevice } from './room-camera.ts'
import type { RoomCodesRepo } from './room-codes.repo.ts'

type Deps = {
  readonly codes: RoomCodesRepo
  readonly repo: DeskRepo
  readonly visits: DeskVisits
  readonly identity: Pick<Identity, 'roomSignIn'>
  readonly audit: Audit
  readonly clock: Clock
  readonly transact: Transact
}
type StoredCode = NonNullable<Awaited<ReturnType<RoomCodesRepo['codeByHash']>>>
type Issue = {
  readonly actor: AccountActor
  readonly visitId: string
  readonly requestId: string
}
/** A code as it was typed on a device; `heldToken` is the device's account cookie until now. */
export type TypedCode = {
  readonly code: string
  readonly heldToken: string | null
  readonly requestId: string
}
type SignedIn = RoomSignedIn & { readonly visitId: string }

/** Use cases of handing the room's device over to a visit's family. */
export type RoomCodesService = ReturnType<typeof createRoomCodesService>

export function createRoomCodesService(deps: Deps) {
  return {
    /** A code for the visit's room, once the adults are checked in; the codes before it are void. */
    issue: (given: Issue): Promise<{ code: string; expiresAt: string }> =>
      deps.transact((tx) => issueCode(tx, given, deps)),
    /** Signs the device in; `ROOM_CODE_REFUSED` for a code that is wrong, used or void by now. */
    signIn: async (given: TypedCode): Promise<SignedIn> => {
      const signedIn = await deps.transact((tx) => tryCode(tx, given, deps))
      if (signedIn === null) throw new Refusal('ROOM_CODE_REFUSED')
      return signedIn
    },
  }
}

async function issueCode(
  tx: Tx,
  { actor, visitId, requestId }: Issue,
  { codes, repo, visits, audit, clock }: Deps,
): Promise<{ code: string; expiresAt: string }> {
  await repo.lockVisit(tx, visitId)
  const row = await ownVisit(tx, { actor, visitId }, repo)
  const now = clock.now()
  requireClear(roomCodeObstacle(await visits.booking(tx, row), now))
  const { linkCentreRoomId } = row.linkCentreRoom
  const code = newEnrolmentCode()
  const roomCodeId = newId()
  const expiresAt = roomCodeEnd(row, now)
  const made = { createdAt: now, expiresAt, createdBy: actor.accountId }
  await codes.voidCodes(tx, visitId, now)
  const codeHash = enrolmentCodeHash(code)
  await codes.addCode(tx, { roomCodeId, linkCentreRoomId, visitId, codeHash, ...made })
  await audit.append(tx, {
    facilityId: row.facilityId,
    actor: auditActorOf(actor),
    action: 'room.issueCode',
    object: { type: 'linkCentreRoom', objectId: linkCentreRoomId, visitId },
    outcome: 'allow',
    requestId,
    detail: { roomCodeId },
  })
  return { code, expiresAt: expiresAt.toISOString() }
}

async function tryCode(tx: Tx, given: TypedCode, deps: Deps): Promise<SignedIn | null> {
  const stored = await deps.codes.codeByHash(tx, enrolmentCodeHash(given.code))
  const signedIn = stored && (await useCode(tx, { stored, ...given }, deps))
  await enter(tx, { stored, signedIn, requestId: given.requestId }, deps.audit)
  return signedIn
}

async function useCode(
  tx: Tx,
  { stored, heldToken }: TypedCode & { stored: StoredCode },
  { codes, repo, visits, identity, clock }: Deps,
): Promise<SignedIn | null> {
  const { roomCodeId, visitId } = stored
  const now = clock.now()
  if (!(await codes.useCode(tx, roomCodeId, now))) return null
  // The visit may have been cancelled, or moved to another room, since the code was made.
  const row = await repo.visit(tx, visitId)
  if (row?.linkCentreRoom?.linkCentreRoomId !== stored.linkCentreRoomId) return null
  const booking = await visits.booking(tx, row)
  const accountId = roomAccountOf(booking)
  if (accountId === null || roomCodeObstacle(booking, now) !== null) return null
  const visit = { visitId, endsAt: row.endsAt }
  const signedIn = await identity.roomSignIn.open(tx, { accountId, visit, heldToken })
  if (signedIn === null) return null
  await gatherAtDevice(tx, { row, accountId }, { repo, clock })
  return { ...signedIn, visitId }
}

async function enter(
  tx: Tx,
  facts: { stored: StoredCode | null; signedIn: SignedIn | null; requestId: string },
  audit: Audit,
): Promise<void> {
  const { stored, signedIn, requestId } = facts
  const { linkCentreRoomId = 'unknown', visitId, roomCodeId } = stored ?? {}
  await audit.append(tx, {
    facilityId: stored?.visit.facilityId ?? null,
    actor: signedIn ? auditActorOf(signedIn.actor) : ANONYMOUS,
    action: 'room.signIn',
    object: { type: 'linkCentreRoom', objectId: linkCentreRoomId, ...(visitId && { visitId }) },
    ...(signedIn
      ? { outcome: 'allow' }
      : { outcome: 'deny', reason: stored ? 'VOID_CODE' : 'UNKNOWN_CODE' }),
    requestId,
    ...(roomCodeId && { detail: { roomCodeId } }),
  })
}
