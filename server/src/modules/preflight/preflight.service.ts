import { Refusal } from '@visavis/contract/errors'
import type { PayloadOf } from '@visavis/contract/command'
import { judgePreflight } from '@visavis/contract/preflight-rules'
import type {
  Judgement,
  PreflightDevice,
  PreflightFindings,
} from '@visavis/contract/preflight-rules'
import type { preflightCommands } from '@visavis/contract/preflight-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { newId } from '../../platform/ids.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { LifeEvents } from '../life-events/index.ts'
import type { Timeline } from '../timeline/index.ts'
import { requireOwnVisit } from './own-visit-rules.ts'
import type { Tester } from './own-visit-rules.ts'
import type { PreflightRepo, TestedVisit } from './preflight.repo.ts'

export type PreflightDeps = {
  readonly repo: PreflightRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly timeline: Pick<Timeline, 'add'>
  readonly lifeEvents: Pick<LifeEvents, 'terminalTested' | 'moveFromBroken'>
  readonly clock: Clock
  readonly log: Logger
}

type Report = PayloadOf<(typeof preflightCommands)['report']>
type Reported = Report & { readonly tester: Tester; readonly requestId: string }

const HOUR_MS = 3_600_000
/** Somebody who tries every cable in the house needs fewer. */
const MOST_PER_HOUR = 30

/** Use cases of tests of devices and network (LV-10). */
export type PreflightService = ReturnType<typeof createPreflightService>

export function createPreflightService(deps: PreflightDeps) {
  return {
    /** Judges a test and keeps it, with its visit where it is for one; a terminal's red one is told (BK-13). */
    async report(reported: Reported): Promise<Judgement & { findings: PreflightFindings }> {
      const { findings, tester, visitId } = reported
      const visit = visitId === null ? null : await deps.repo.visit(visitId)
      const seatId = visitId === null ? null : requireOwnVisit(tester, visit)
      await requireLeave(tester, deps)
      const device = deviceOf(reported)
      const judgement = judgePreflight(findings, device)
      await deps.transact((tx) =>
        store(tx, { ...reported, ...judgement, device, visit, seatId }, deps),
      )
      if (judgement.light === 'RED') await moveVisits(reported, deps)
      return { ...judgement, findings }
    },
  }
}

/** The test is kept whatever becomes of this; its task stands where nothing could be moved. */
async function moveVisits(
  { tester, requestId }: Reported,
  { lifeEvents, log }: PreflightDeps,
): Promise<void> {
  if (tester.kind === 'account') return
  const { terminalId } = tester
  await lifeEvents.moveFromBroken({ terminalId, requestId }).catch((error: unknown) => {
    log.error({ terminalId, err: error }, 'visits of a broken terminal were not moved')
  })
}

type Stored = Reported &
  Judgement & {
    readonly device: PreflightDevice
    readonly visit: TestedVisit | null
    readonly seatId: string | null
  }

async function requireLeave(tester: Tester, { repo, clock }: PreflightDeps): Promise<void> {
  if (tester.kind !== 'account') return
  const since = new Date(clock.now().getTime() - HOUR_MS)
  if ((await repo.countSince(tester.accountId, since)) >= MOST_PER_HOUR) {
    throw new Refusal('TOO_MANY_REQUESTS')
  }
}

function deviceOf({ tester, isPhone }: Reported): PreflightDevice {
  if (tester.kind !== 'account') return 'TERMINAL'
  if (tester.onlyVisitId !== null) return 'ROOM'
  return isPhone ? 'PHONE' : 'COMPUTER'
}

async function store(tx: Tx, stored: Stored, deps: PreflightDeps): Promise<void> {
  const { tester, visit, seatId, light, problems, device, requestId } = stored
  const [preflightId, madeAt] = [newId(), deps.clock.now()]
  await deps.repo.add(tx, { preflightId, madeAt, ...rowOf(stored) })
  if (visit) {
    const detail = { light, code: problems[0] ?? null, device }
    const note = { at: madeAt, kind: 'PREFLIGHT', seatId, detail } as const
    await deps.timeline.add(visit.visitId, [note], tx)
  }
  if (tester.kind !== 'account') {
    const { terminalId, facilityId } = tester
    const isBroken = light === 'RED'
    const visitId = visit?.visitId ?? null
    await deps.lifeEvents.terminalTested(tx, { terminalId, facilityId, isBroken, visitId })
  }
  await deps.audit.append(tx, {
    facilityId: visit?.facilityId ?? tester.facilityId,
    actor: auditActorOf(tester),
    action: 'preflight.report',
    object: { type: 'preflight', objectId: preflightId },
    outcome: 'allow',
    requestId,
    detail: { light, ...(visit ? { visitId: visit.visitId } : {}) },
  })
}

function rowOf({ tester, visit, device, light, problems, findings, ...given }: Stored) {
  const isAccount = tester.kind === 'account'
  return {
    // An account has no others' reasons: only a terminal tests by itself.
    cause: tester.kind === 'terminal' ? given.cause : 'ASKED',
    device,
    party: isAccount ? ('VISITOR' as const) : ('INMATE' as const),
    accountId: isAccount ? tester.accountId : null,
    terminalId: isAccount ? null : tester.terminalId,
    visitId: visit?.visitId ?? null,
    light,
    problems: [...problems],
    findings,
  }
}
