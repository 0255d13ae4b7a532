import { Refusal } from '@visavis/contract/errors'
import type { TerminalProof } from '@visavis/contract/terminal-proof-shapes'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { enrolmentCodeHash, newEnrolmentCode } from '../../platform/secrets.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import { ANONYMOUS } from '../audit/index.ts'
import type { Audit, AuditFact } from '../audit/index.ts'
import {
  auditActorOf,
  deviceWrites,
  endTerminalKey,
  readTerminalKey,
  requireFacility,
} from '../identity/index.ts'
import type {
  AccountActor,
  DeviceProofs,
  Devices,
  OpenedSession,
  PageSaid,
  PublicTerminalKey,
} from '../identity/index.ts'
import { CODE_LIFE_MS, isCodeUsable } from './enrolment-rules.ts'
import type { EnrolmentRepo } from './enrolment.repo.ts'
import type { FacilitiesRepo } from './facilities.repo.ts'

type Deps = {
  repo: FacilitiesRepo
  codes: EnrolmentRepo
  devices: Devices
  proofs: DeviceProofs
  /** Whether a device without a client certificate is refused. */
  needsCertificate: boolean
  audit: Audit
  clock: Clock
  transact: Transact
}

/** What a device sends that wants to be a terminal. */
type Enrolling = {
  readonly code: string
  readonly publicKey: string
  readonly pageHash: string
  readonly proof: TerminalProof
}
type Answered =
  | { readonly session: OpenedSession }
  | { readonly code: 'ENROLMENT_CODE_REFUSED' | 'TERMINAL_PROOF_REFUSED' }

/** Use cases of turning a device into a terminal (TR-5). */
export type EnrolmentService = ReturnType<typeof createEnrolmentService>

export function createEnrolmentService(deps: Deps) {
  return {
    /** A code for a terminal of the actor's own facility; the codes before it are void. */
    issueCode: async (actor: AccountActor, given: { terminalId: string; requestId: string }) => {
      const terminal = await deps.repo.terminal(given.terminalId)
      if (!terminal) throw new Refusal('NOT_FOUND')
      requireFacility(actor, terminal.facilityId)
      return deps.transact((tx) => addCode(tx, { actor, ...given }, deps))
    },
    /**
     * Makes the device's key that of the code's terminal, in the place of the one before, and opens its first
     * session. `ENROLMENT_CODE_REFUSED` for a code that is wrong or used, `TERMINAL_PROOF_REFUSED` where the
     * device does not prove that it holds the key.
     */
    enrol: async (given: Enrolling, said: PageSaid): Promise<OpenedSession> => {
      const answered = await deps.transact((tx) => enrol(tx, { given, said }, deps))
      if ('code' in answered) throw new Refusal(answered.code)
      return answered.session
    },
  }
}

async function addCode(
  tx: Tx,
  { actor, terminalId, requestId }: { actor: AccountActor; terminalId: string; requestId: string },
  { codes, audit, clock }: Deps,
): Promise<{ code: string; expiresAt: string }> {
  const now = clock.now()
  const code = newEnrolmentCode()
  const expiresAt = new Date(now.getTime() + CODE_LIFE_MS)
  const enrolmentId = newId()
  await codes.voidCodes(tx, terminalId, now)
  await codes.addCode(tx, {
    enrolmentId,
    terminalId,
    codeHash: enrolmentCodeHash(code),
    createdAt: now,
    expiresAt,
    createdBy: actor.accountId,
  })
  await audit.append(tx, {
    facilityId: actor.facilityId,
    actor: auditActorOf(actor),
    action: 'terminal.issueCode',
    object: { type: 'terminal', objectId: terminalId },
    outcome: 'allow',
    requestId,
    detail: { enrolmentId },
  })
  return { code, expiresAt: expiresAt.toISOString() }
}

async function enrol(
  tx: Tx,
  { given, said }: { given: Enrolling; said: PageSaid },
  deps: Deps,
): Promise<Answered> {
  const key = await provedKey(tx, { given, said }, deps)
  if (key === null) {
    await deps.audit.append(tx, refused(null, { reason: 'PROOF', said }))
    return { code: 'TERMINAL_PROOF_REFUSED' }
  }
  const now = deps.clock.now()
  const stored = await deps.codes.codeByHash(tx, enrolmentCodeHash(given.code))
  const isGood = stored !== null && isCodeUsable(stored, now) && stored.terminal.disabledAt === null
  if (!isGood || !(await deps.codes.useCode(tx, stored.enrolmentId, now))) {
    const reason = stored === null ? 'UNKNOWN_CODE' : 'VOID_CODE'
    await deps.audit.append(tx, refused(stored?.terminal ?? null, { reason, said }))
    return { code: 'ENROLMENT_CODE_REFUSED' }
  }
  const keyId = await replaceKey(tx, { key, stored, said }, deps)
  const { terminalId } = stored.terminal
  const { pageHash } = given
  return { session: await deps.devices.openFirst(tx, { keyId, terminalId, pageHash }) }
}

/** The key that the device has proved to hold; null: it has not. */
async function provedKey(
  tx: Tx,
  { given, said }: { given: Enrolling; said: PageSaid },
  { proofs, needsCertificate }: Deps,
): Promise<PublicTerminalKey | null> {
  const { code, pageHash, proof } = given
  const key = readTerminalKey(given.publicKey)
  if (key === null || (needsCertificate && said.certificate === null)) return null
  const { publicKey } = key
  const statement = { purpose: 'ENROL' as const, code, pageHash }
  if (proofs.faultOf({ publicKey, proof, statement, origin: said.origin }) !== null) return null
  return (await proofs.spend(tx, proof)) ? key : null
}

type UsedCode = NonNullable<Awaited<ReturnType<EnrolmentRepo['codeByHash']>>>

/** Hands the terminal to the new key; whoever was at the old device is signed out. Its id. */
async function replaceKey(
  tx: Tx,
  { key, stored, said }: { key: PublicTerminalKey; stored: UsedCode; said: PageSaid },
  { audit, clock }: Deps,
): Promise<string> {
  const { terminalId, facilityId } = stored.terminal
  const at = clock.now()
  const keyId = newId()
  await endTerminalKey(tx, { terminalId, at, reason: 'REPLACED', endedBy: null })
  const { certificate: certificateSha256 } = said
  const row = { ...key, keyId, terminalId, certificateSha256, enrolledAt: at }
  // A key that was somebody's already: the code stays good for an honest one.
  if (!(await deviceWrites.addKey(tx, row))) throw new Refusal('TERMINAL_PROOF_REFUSED')
  await audit.append(tx, {
    facilityId,
    actor: { type: 'terminal', actorId: terminalId },
    action: 'terminal.enrol',
    object: { type: 'terminal', objectId: terminalId },
    outcome: 'allow',
    ...(said.requestId === undefined ? {} : { requestId: said.requestId }),
    detail: { enrolmentId: stored.enrolmentId, keyId },
  })
  return keyId
}

function refused(
  terminal: { terminalId: string; facilityId: string } | null,
  { reason, said: { requestId } }: { reason: string; said: PageSaid },
): AuditFact {
  return {
    facilityId: terminal?.facilityId ?? null,
    actor: ANONYMOUS,
    action: 'terminal.enrol',
    object: { type: 'terminal', objectId: terminal?.terminalId ?? 'unknown' },
    outcome: 'deny',
    reason,
    ...(requestId === undefined ? {} : { requestId }),
  }
}
