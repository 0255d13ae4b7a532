import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { HoldAsk } from './booking-api.ts'
import { WAITING_MOVES, nextInLine, offerMsOf, waitingEventOf } from './waiting-rules.ts'
import type { BookingChange } from './booking-api.ts'
import type { WaitingRow } from './waiting.repo.ts'
import type { WaitingDeps } from './waiting.service.ts'

/** Offers of freed places to those who wait (BK-10). */
export type WaitingOffers = ReturnType<typeof createWaitingOffers>

export function createWaitingOffers(deps: WaitingDeps) {
  return {
    /** Offers what is free in a slot to the first in line, and so on; resolves with the number of offers. */
    offerFreed: (slotId: string): Promise<number> => offerFreed(slotId, deps),
    /** The same for every slot that somebody waits for: a place may become free without a booking's end. */
    offerAll: (): Promise<number> => offerAll(deps),
    /** Follows the offered booking, in its own transaction: taken, or gone to the next. */
    onBookingChanged: (tx: Tx, { visitId, from, to }: BookingChange): Promise<void> =>
      follow(tx, { visitId, from, to }, deps),
  }
}

async function follow(
  tx: Tx,
  { visitId, from, to }: Pick<BookingChange, 'visitId' | 'from' | 'to'>,
  { repo }: WaitingDeps,
): Promise<void> {
  const event = from === 'HELD' ? waitingEventOf(to) : null
  const state = event === null ? undefined : WAITING_MOVES.OFFERED[event]
  if (state !== undefined) await repo.moveOffered(tx, visitId, state)
}

async function offerAll(deps: WaitingDeps): Promise<number> {
  let offers = 0
  for (const slotId of await deps.repo.waitedFor(deps.db)) {
    offers += await offerFreed(slotId, deps)
  }
  return offers
}

/**
 * Goes down the line until nobody is left or no place is. Who cannot have the place, because the people
 * may not or have something else at that time, has had the turn. For whom there is none, in that link
 * centre or near that wing, stays in line and is passed over this time.
 */
async function offerFreed(slotId: string, deps: WaitingDeps): Promise<number> {
  const passedOver = new Set<string>()
  let offers = 0
  for (;;) {
    const entry = nextInLine(await deps.repo.live(deps.db, slotId), passedOver)
    if (entry === null) return offers
    const answer = await tryOffer(entry, passedOver, deps)
    if (answer === 'OFFERED') offers += 1
    if (answer === 'NO_PLACE') passedOver.add(entry.waitingId)
  }
}

/** LOST: the line has changed meanwhile. */
type Answer = 'OFFERED' | 'NO_PLACE' | 'PASSED' | 'LOST'

async function tryOffer(
  entry: WaitingRow,
  passedOver: ReadonlySet<string>,
  deps: WaitingDeps,
): Promise<Answer> {
  const slot = await deps.timetable.slot(deps.db, entry.slotId)
  if (slot === null || slot.startsAt <= deps.clock.now()) return pass(entry, 'SLOT_CLOSED', deps)
  const { policy } = await deps.policy.ofFacility(deps.db, slot.facilityId)
  const times = { offerMs: policy.offerMs, startsAt: slot.startsAt, now: deps.clock.now() }
  const ask = askOf(entry, offerMsOf(times))
  try {
    return await deps.booking.transactFor(ask)(async (tx) => {
      await deps.repo.lockLine(tx, entry.slotId)
      const next = nextInLine(await deps.repo.live(tx, entry.slotId), passedOver)
      if (next?.waitingId !== entry.waitingId) return 'LOST'
      return offer(tx, { entry, ask, facilityId: slot.facilityId }, deps)
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code === 'NO_PLACE' ? 'NO_PLACE' : pass(entry, error.code, deps)
  }
}

function askOf(entry: WaitingRow, holdMs: number): HoldAsk {
  const { inmateId, visitorIds, place, linkCentreId, slotId, accountId } = entry
  const where = { place, linkCentreId: linkCentreId ?? undefined }
  const people = { inmateId, visitorIds, ...where }
  return { by: null, ...people, slotId, holdMs, bookedBy: accountId, isOffer: true }
}

async function offer(
  tx: Tx,
  { entry, ask, facilityId }: { entry: WaitingRow; ask: HoldAsk; facilityId: string },
  { repo, booking, notices, audit }: WaitingDeps,
): Promise<Answer> {
  const { waitingId, slotId } = entry
  const { visitId, holdExpiresAt } = await booking.hold(tx, ask)
  await repo.makeFinal(tx, visitId)
  const offered = { offeredVisitId: visitId, offerExpiresAt: holdExpiresAt }
  if (!(await repo.move(tx, waitingId, { from: 'WAITING', to: 'OFFERED', ...offered }))) {
    throw new Refusal('VERSION_CHANGED')
  }
  for (const visitorId of entry.visitorIds) {
    await notices.queue(tx, {
      kind: 'WAITING_OFFER',
      to: { visitorId },
      visitId,
      details: { until: holdExpiresAt.toISOString() },
      dedupeKey: `waiting-offer/${waitingId}/${visitorId}`,
    })
  }
  await audit.append(tx, {
    facilityId,
    actor: SERVER,
    action: 'waiting.offer',
    object: { type: 'waitingEntry', objectId: waitingId, visitId },
    outcome: 'allow',
    detail: { slotId, until: holdExpiresAt.toISOString() },
  })
  return 'OFFERED'
}

/** The turn came and could not be taken; the line goes on without them. */
async function pass(entry: WaitingRow, reason: string, deps: WaitingDeps): Promise<Answer> {
  const { waitingId, slotId } = entry
  await deps.transact(async (tx) => {
    await deps.repo.lockLine(tx, slotId)
    const slot = await deps.timetable.slot(tx, slotId)
    if (!(await deps.repo.move(tx, waitingId, { from: 'WAITING', to: 'LAPSED' }))) return
    await deps.audit.append(tx, {
      facilityId: slot?.facilityId ?? null,
      actor: SERVER,
      action: 'waiting.pass',
      object: { type: 'waitingEntry', objectId: waitingId },
      outcome: 'allow',
      reason,
      detail: { slotId },
    })
  })
  return 'PASSED'
}
