import type { Tx } from '../../platform/transact.ts'
import { dueBefore } from './life-events-parts.ts'
import type { LifeEventsDeps } from './life-events-parts.ts'
import { SELF_TEST, lifeEventsRepo } from './life-events.repo.ts'
import { moveAway } from './outages.service.ts'

/** What a terminal's test of itself came to, or that it was not made. */
export type TerminalTested = {
  readonly terminalId: string
  readonly facilityId: string
  readonly isBroken: boolean
  /** The visit that it was made for. */
  readonly visitId: string | null
}

/** How far the visits of a broken terminal are looked at, to say which is in danger first. */
const AHEAD_MS = 24 * 3_600_000

/**
 * BK-13. A terminal that finds itself broken makes a task, about its next visit where it has one; staff
 * decide what becomes of it. One that works again takes its own tasks back. Call it last before the audit
 * entry. Says whether anything new was told.
 */
export async function terminalTested(
  tx: Tx,
  tested: TerminalTested,
  deps: LifeEventsDeps,
): Promise<boolean> {
  const { terminalId, facilityId, isBroken } = tested
  const kind = 'TERMINAL_OUT_OF_ORDER' as const
  if (!isBroken) {
    const closed = { kind, subjectId: terminalId, doneBy: null, resolution: 'WORKS_AGAIN' }
    await lifeEventsRepo.liftOwnBlackout(tx, terminalId, deps.clock.now())
    await deps.tasks.close(tx, closed)
    return false
  }
  // Staff have entered it themselves: its visits are elsewhere already.
  const now = deps.clock.now()
  if (await lifeEventsRepo.isClosed(tx, terminalId, now)) return false
  const within = { from: now, to: new Date(now.getTime() + AHEAD_MS) }
  const visits = await lifeEventsRepo.bookingsAt(tx, terminalId, within)
  const visit = visits.find(({ visitId }) => visitId === tested.visitId) ?? visits[0]
  const task = { facilityId, kind, terminalId, subjectId: terminalId }
  if (await lifeEventsRepo.isToldOf(tx, { ...task, visitId: tested.visitId })) return false
  await deps.tasks.open(tx, {
    ...task,
    ...(visit
      ? { visitId: visit.visitId, inmateId: visit.inmateId, suggestion: 'REBOOK' }
      : { suggestion: 'REVIEW' }),
    dueAt: dueBefore(visit?.startsAt ?? within.to, now),
  })
  return true
}

const TESTER = { type: 'system', actorId: 'terminal.test' } as const

/**
 * BK-13. Where the facility's policy says so, the visits of a terminal that has found itself broken go to
 * free ones at once, as if staff had entered the outage; says whether it was done. A transaction of its own.
 */
export function moveFromBroken(
  { terminalId, requestId }: { readonly terminalId: string; readonly requestId: string },
  deps: LifeEventsDeps,
): Promise<boolean> {
  return deps.transact(async (tx) => {
    const terminal = await lifeEventsRepo.terminal(tx, terminalId)
    if (!terminal || !(await mayMove(tx, terminal, deps))) return false
    const { facilityId } = terminal
    const until = new Date(deps.clock.now().getTime() + AHEAD_MS)
    await moveAway(tx, { terminal, until, reason: SELF_TEST, by: null, requestId }, deps)
    // What the test has told of its next visit is done; that the terminal is broken stands.
    const about = { kind: 'TERMINAL_OUT_OF_ORDER' as const, subjectId: terminalId }
    await deps.tasks.close(tx, { ...about, doneBy: null, resolution: 'MOVED' })
    const task = { ...about, facilityId, terminalId, suggestion: 'REVIEW', dueAt: until }
    await deps.tasks.open(tx, task)
    await deps.audit.append(tx, {
      facilityId,
      actor: TESTER,
      action: 'terminal.breakDown',
      object: { type: 'terminal', objectId: terminalId },
      outcome: 'allow',
      requestId,
    })
    return true
  }, deps.booking.retries)
}

async function mayMove(
  tx: Tx,
  { facilityId, terminalId }: { readonly facilityId: string; readonly terminalId: string },
  { policy, clock }: LifeEventsDeps,
): Promise<boolean> {
  const rules = await policy.ofFacility(tx, facilityId)
  if (!rules.policy.movesFromBrokenTerminals) return false
  return !(await lifeEventsRepo.isClosed(tx, terminalId, clock.now()))
}
