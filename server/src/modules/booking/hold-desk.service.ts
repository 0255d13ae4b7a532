import { Refusal } from '@visavis/contract/errors'
import type { BookingParty } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Booking, HoldAsk, Place } from './booking-api.ts'
import type { BookingViewInput } from './booking-view.ts'
import type { BookingDeps } from './booking-act.ts'
import { clashRefusal } from './clash.service.ts'
import { createHoldRoom } from './hold-room.service.ts'
import { isByStaff, locksOf } from './hold.service.ts'
import { createDoor, createTurns } from './hold-turns.ts'
import type { PersonalFacts } from './personal-facts.repo.ts'
import { nearestPlaces } from './places.service.ts'
import type { PlacesDeps } from './places.service.ts'

export type HoldDeskDeps = {
  readonly db: Tx
  readonly booking: Booking
  readonly places: PlacesDeps
  readonly clash: Pick<BookingDeps, 'repo' | 'holds'>
  readonly clock: Clock
}

/** What somebody asks who wants a place. */
export type HoldWish = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly body: BookingParty & { readonly slotId: string }
}

/**
 * Each answer of the database to a hold waits for what this process does in between: with hundreds of
 * others at that, a hold of ten short statements would take seconds. Otherwise the more look together
 * the less each look costs.
 */
const LOOKING_AT_ONCE = 50
const LOOKING_BESIDE_HOLDS = 3
/** With these, somebody is shown where else there is a place (BK-10). */
const WITH_ALTERNATIVES: readonly string[] = [
  'NO_PLACE',
  'INMATE_BUSY',
  'VISITOR_BUSY',
  'SLOT_CLOSED',
  'BLACKED_OUT',
  'LINK_CENTRE_CLOSED',
]

export type HoldDesk = ReturnType<typeof createHoldDesk>

/**
 * BK-4. Where the stampede arrives. A full slot is refused with one look that all who come at that moment
 * share, and no transaction; those who may still get a place take turns before they take a connection.
 */
export function createHoldDesk(deps: HoldDeskDeps) {
  const { booking, db } = deps
  const room = createHoldRoom(deps)
  const turns = createTurns()
  const enter = createDoor(() => (turns.running() > 0 ? LOOKING_BESIDE_HOLDS : LOOKING_AT_ONCE))
  const hold = async (wish: HoldWish, once: Once): Promise<BookingViewInput> => {
    const ask = askOf(wish)
    let facts: PersonalFacts | null = null
    let endTurn: () => void = () => undefined
    const leaveDoor = await enter()
    const before = async (): Promise<void> => {
      facts = await room.personal(ask)
      const { free, alternatives } = await room.require(wish, facts)
      const { slotId } = ask
      leaveDoor()
      const turn = await turns.take({ facilityId: facts?.facilityId ?? slotId, slotId, free })
      if (turn === null) throw new Refusal('NO_PLACE', { alternatives })
      endTurn = turn
      await room.require(wish, facts)
    }
    const work = async (tx: Tx): Promise<BookingViewInput> => {
      const { row } = await booking.hold(tx, { ...ask, facts, isLocked: true })
      return booking.viewOf(row, wish.actor)
    }
    const locks = () => deps.clash.holds.peopleLock(locksOf(ask))
    try {
      return await once(work, { ...booking.retries, before, locks })
    } catch (error) {
      throw await clashRefusal(db, { error, ask }, deps.clash)
    } finally {
      leaveDoor()
      endTurn()
    }
  }
  return {
    /** A held place, or a refusal with the three nearest alternatives. */
    hold: async (wish: HoldWish, once: Once): Promise<BookingViewInput> => {
      requireOneself(wish)
      try {
        const held = await hold(wish, once)
        room.took(wish.body.slotId)
        return held
      } catch (error) {
        throw await withAlternatives(error, () => alternativesTo(wish, deps))
      }
    },
    /** After a place was freed: nobody is told any more that there is none. */
    forget: () => room.forget(),
  }
}

function askOf({ actor, requestId, body }: HoldWish): HoldAsk {
  const { slotId, ...people } = body
  const visitorIds = [...new Set(people.visitorIds)]
  return { ...people, visitorIds, slotId, by: actor, requestId }
}

/** Nobody books for others without coming along; staff do. */
function requireOneself({ actor, body }: HoldWish): void {
  if (actor.role !== 'visitor') return
  if (
    actor.visitorId !== null &&
    body.visitorIds.some((visitorId) => visitorId === actor.visitorId)
  )
    return
  const fields = [{ field: 'visitorIds', cure: 'Name yourself among the visitors.' }]
  throw new Refusal('BAD_REQUEST', { fields })
}

/** The same refusal with places near the one that was wanted. */
export async function withAlternatives(
  error: unknown,
  find: () => Promise<readonly Place[]>,
): Promise<unknown> {
  const isTold = error instanceof Refusal && WITH_ALTERNATIVES.includes(error.code)
  if (!isTold || error.context['alternatives'] !== undefined) return error
  return new Refusal(error.code, { ...error.context, alternatives: await find() })
}

async function alternativesTo(
  { actor, body }: HoldWish,
  { db, clash, places }: HoldDeskDeps,
): Promise<Place[]> {
  const facts = await clash.holds.facts(db, body.slotId, body.inmateId)
  if (facts === null) return []
  const { startsAt: near, visitClass } = facts
  const exceptSlotIds = [body.slotId]
  const ask = { ...body, near, visitClass, exceptSlotIds, isByStaff: isByStaff({ by: actor }) }
  try {
    return await nearestPlaces(db, ask, places)
  } catch (error) {
    // A link centre that is not there has no places; the refusal itself is told.
    if (error instanceof Refusal) return []
    throw error
  }
}
