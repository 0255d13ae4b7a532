import { Refusal } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { enrolmentCodeHash, newEnrolmentCode, newToken, tokenHash } from '../../platform/secrets.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import { ANONYMOUS } from '../audit/index.ts'
import type { Audit, AuditFact } from '../audit/index.ts'
import { auditActorOf, requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { CODE_LIFE_MS, isCodeUsable } from './enrolment-rules.ts'
import type { EnrolmentRepo } from './enrolment.repo.ts'
import type { FacilitiesRepo } from './facilities.repo.ts'

type Deps = {
  repo: FacilitiesRepo
  codes: EnrolmentRepo
  audit: Audit
  clock: Clock
  transact: Transact
}
type Enrolled = { readonly terminalId: string; readonly token: string }

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
    /** The device's token for a code that is right and unused; `ENROLMENT_CODE_REFUSED` for every other. */
    enrol: async (code: string, requestId: string): Promise<Enrolled> => {
      const enrolled = await deps.transact((tx) => tryCode(tx, { code, requestId }, deps))
      if (enrolled === null) throw new Refusal('ENROLMENT_CODE_REFUSED')
      return enrolled
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

async function tryCode(
  tx: Tx,
  { code, requestId }: { code: string; requestId: string },
  { codes, audit, clock }: Deps,
): Promise<Enrolled | null> {
  const now = clock.now()
  const stored = await codes.codeByHash(tx, enrolmentCodeHash(code))
  const isGood = stored !== null && isCodeUsable(stored, now) && stored.terminal.disabledAt === null
  if (!isGood || !(await codes.useCode(tx, stored.enrolmentId, now))) {
    await audit.append(tx, refusedCode(stored?.terminal ?? null, requestId))
    return null
  }
  const { terminalId, facilityId } = stored.terminal
  const token = newToken()
  await codes.enrol(tx, { terminalId, deviceTokenHash: tokenHash(token), at: now })
  await audit.append(tx, {
    facilityId,
    actor: { type: 'terminal', actorId: terminalId },
    action: 'terminal.enrol',
    object: { type: 'terminal', objectId: terminalId },
    outcome: 'allow',
    requestId,
    detail: { enrolmentId: stored.enrolmentId },
  })
  return { terminalId, token }
}

function refusedCode(
  terminal: { terminalId: string; facilityId: string } | null,
  requestId: string,
): AuditFact {
  return {
    facilityId: terminal?.facilityId ?? null,
    actor: ANONYMOUS,
    action: 'terminal.enrol',
    object: { type: 'terminal', objectId: terminal?.terminalId ?? 'unknown' },
    outcome: 'deny',
    reason: terminal === null ? 'UNKNOWN_CODE' : 'VOID_CODE',
    requestId,
  }
}
