import { Refusal } from '@visavis/contract/errors'
import { newId } from '../../platform/ids.ts'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import { auditActorOf, requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { lifeEventsRepo, movedVisit } from './life-events.repo.ts'
import type { BookedVisit } from './life-events.repo.ts'
import { dueBefore } from './life-events-parts.ts'
import type { LifeEventsDeps } from './life-events-parts.ts'
import { replan } from './plan-rules.ts'
import type { Plan, Stretch } from './plan-rules.ts'

type Given = {
  readonly actor: AccountActor
  readonly terminalId: string
  readonly requestId: string
}
type Outage = Given & { readonly until: string; readonly reason: string }
type Terminal = { readonly terminalId: string; readonly wing: string; readonly name: string }

/** Use cases of terminals that break and are repaired (BK-13). */
export function createOutagesService(deps: LifeEventsDeps) {
  return {
    /** Closes the terminal and brings its visits to free ones, all or nothing; what runs stays. */
    breakDown: ({ once, ...outage }: Outage & { once: Once }) =>
      once((tx) => breakDown(tx, outage, deps), deps.booking.retries),
    repair: ({ once, ...given }: Given & { once: Once }) =>
      once(async (tx) => {
        const terminal = await ownTerminal(tx, given)
        const lifted = await lifeEventsRepo.liftBlackouts(tx, given.terminalId, deps.clock.now())
        await enter(tx, { ...given, facilityId: terminal.facilityId, verb: 'repair' }, deps)
        return { lifted }
      }),
  }
}

async function breakDown(tx: Tx, outage: Outage, deps: LifeEventsDeps) {
  const { actor, requestId } = outage
  const terminal = await ownTerminal(tx, outage)
  const now = deps.clock.now()
  const until = new Date(outage.until)
  if (until <= now) {
    throw new Refusal('BAD_REQUEST', {
      fields: [{ field: 'until', cure: 'Give a time in the future.' }],
    })
  }
  const { reason } = outage
  const away = await moveAway(tx, { terminal, until, reason, by: actor, requestId }, deps)
  await enter(tx, { ...outage, facilityId: terminal.facilityId, verb: 'breakDown' }, deps)
  return away
}

/** What closes a terminal; `by` null: its own test. */
type Closing = {
  readonly terminal: Terminal & { readonly facilityId: string }
  readonly until: Date
  readonly reason: string
  readonly by: AccountActor | null
  readonly requestId: string
}

/** Closes the terminal and brings its visits to free ones; those without get a task. */
export async function moveAway(tx: Tx, closing: Closing, deps: LifeEventsDeps) {
  const { terminal, until, by, requestId } = closing
  const { terminalId } = terminal
  const now = deps.clock.now()
  const within = { from: now, to: until }
  await lockBooked(tx, await lifeEventsRepo.bookingsAt(tx, terminalId, within), deps)
  const others = await lifeEventsRepo.terminalsOf(tx, terminal.facilityId)
  await lifeEventsRepo.lockTerminals(
    tx,
    others.map((one) => one.terminalId),
  )
  await close(tx, { ...closing, now })
  const visits = await lifeEventsRepo.bookingsAt(tx, terminalId, within)
  const movable = visits.filter(({ isRunning, startsAt }) => !isRunning && startsAt > now)
  const plan = await planFor(tx, { terminal, others, movable }, deps)
  await openTasks(tx, { movable, plan, terminalId }, deps)
  await deps.booking.moveTerminals(tx, { moves: plan.moves, by, requestId })
  const nameOf = new Map(others.map(({ terminalId: id, name }) => [id, name]))
  return {
    moved: plan.moves.map((move) => ({
      visitId: move.visitId,
      terminalName: nameOf.get(move.terminalId) ?? '',
    })),
    stranded: [...plan.stranded],
    running: visits.filter((visit) => !movable.includes(visit)).map(({ visitId }) => visitId),
  }
}

/** In the order of all locks (`booking/lock-order.repo.ts`): times, then visits; terminals come after. */
async function lockBooked(
  tx: Tx,
  visits: readonly BookedVisit[],
  { booking }: LifeEventsDeps,
): Promise<void> {
  await booking.lockTimes(tx, visits)
  await lifeEventsRepo.lockVisits(
    tx,
    visits.map(({ visitId }) => visitId),
  )
}

async function ownTerminal(tx: Tx, { actor, terminalId }: Given) {
  const terminal = await lifeEventsRepo.terminal(tx, terminalId)
  if (!terminal) throw new Refusal('NOT_FOUND')
  requireFacility(actor, terminal.facilityId)
  return terminal
}

async function close(
  tx: Tx,
  { terminal, until, reason, by, now }: Closing & { now: Date },
): Promise<void> {
  await lifeEventsRepo.addBlackout(tx, {
    blackoutId: newId(),
    scope: 'TERMINAL',
    terminalId: terminal.terminalId,
    startsAt: now,
    endsAt: until,
    reason,
    createdBy: by?.accountId ?? null,
    createdAt: now,
  })
}

async function planFor(
  tx: Tx,
  about: {
    terminal: Terminal & { facilityId: string }
    others: readonly Terminal[]
    movable: readonly BookedVisit[]
  },
  deps: LifeEventsDeps,
): Promise<Plan> {
  const { terminal, movable } = about
  const now = deps.clock.now()
  const spare = about.others.filter(({ terminalId }) => terminalId !== terminal.terminalId)
  const spareIds = spare.map(({ terminalId }) => terminalId)
  const { policy } = await deps.policy.ofFacility(tx, terminal.facilityId)
  const wings = await lifeEventsRepo.wingOf(
    tx,
    terminal.facilityId,
    movable.map(({ inmateId }) => inmateId),
  )
  const taken = new Map<string, Stretch[]>()
  const take = (terminalId: string, startsAt: Date, endsAt: Date): void => {
    const stretch = { fromMs: startsAt.getTime(), toMs: endsAt.getTime() }
    taken.set(terminalId, [...(taken.get(terminalId) ?? []), stretch])
  }
  for (const claim of await lifeEventsRepo.claimsOn(tx, spareIds, now)) {
    take(claim.resourceId, claim.startsAt, claim.endsAt)
  }
  for (const blackout of await lifeEventsRepo.terminalBlackouts(tx, spareIds, now)) {
    take(blackout.terminalId ?? '', blackout.startsAt, blackout.endsAt)
  }
  const isBound = policy.terminalScope === 'WING'
  const moved = movable.map((visit) => {
    // No terminal here is for somebody who was transferred: that visit waits for another time.
    const wing = wings.get(visit.inmateId)
    return movedVisit(visit, wing === undefined ? [] : candidates(spare, { wing, isBound }))
  })
  return replan(moved, taken)
}

/** Terminals that an inmate of that wing may be brought to, those of the wing first. */
function candidates(
  terminals: readonly Terminal[],
  { wing, isBound }: { wing: string | undefined; isBound: boolean },
): string[] {
  const near = terminals.filter((terminal) => terminal.wing === wing)
  const far = isBound ? [] : terminals.filter((terminal) => terminal.wing !== wing)
  return [...near, ...far].map(({ terminalId }) => terminalId)
}

async function openTasks(
  tx: Tx,
  about: { movable: readonly BookedVisit[]; plan: Plan; terminalId: string },
  { tasks, clock }: LifeEventsDeps,
): Promise<void> {
  for (const visit of about.movable) {
    if (!about.plan.stranded.includes(visit.visitId)) continue
    await tasks.open(tx, {
      facilityId: visit.facilityId,
      kind: 'TERMINAL_OUT_OF_ORDER',
      visitId: visit.visitId,
      inmateId: visit.inmateId,
      terminalId: about.terminalId,
      suggestion: 'REBOOK',
      dueAt: dueBefore(visit.startsAt, clock.now()),
    })
  }
}

async function enter(
  tx: Tx,
  about: Given & { facilityId: string; verb: 'breakDown' | 'repair' },
  { audit }: LifeEventsDeps,
): Promise<void> {
  await audit.append(tx, {
    facilityId: about.facilityId,
    actor: auditActorOf(about.actor),
    action: `terminal.${about.verb}`,
    object: { type: 'terminal', objectId: about.terminalId },
    outcome: 'allow',
    requestId: about.requestId,
  })
}
