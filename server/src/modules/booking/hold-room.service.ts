import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import { Refusal } from '@visavis/contract/errors'
import { createBatched } from '../../platform/batched.ts'
import type { Place } from './booking-api.ts'
import { createShared } from './full-slots.ts'
import type { Shared } from './full-slots.ts'
import type { HoldDeskDeps, HoldWish } from './hold-desk.service.ts'
import { isByStaff } from './hold.service.ts'
import { personalFacts } from './personal-facts.repo.ts'
import type { PersonalAsk, PersonalFacts } from './personal-facts.repo.ts'
import { around, nearestOf, openPlaces, otherThan, without } from './places.service.ts'
import type { OpenPlaces } from './places.service.ts'

const DAY_MS = 86_400_000

export type HoldRoom = ReturnType<typeof createHoldRoom>

/** Whether it is worth a transaction: looks that all who come at one moment share. Only ever a hint. */
export function createHoldRoom(deps: HoldDeskDeps) {
  const { booking, clock, db } = deps
  const looks = createShared<OpenPlaces>(clock)
  /** Holds that the kept looks may not have seen, by slot. */
  const taken = new Map<string, number>()
  const forget = (): void => {
    looks.clear()
    taken.clear()
  }
  // Told before the commit: who looks in between sees for a moment what was.
  booking.onChanged(async (_tx, { to }) => {
    if (!isLiveBooking(to)) forget()
  })
  return {
    personal: createBatched((asks: readonly PersonalAsk[]) => personalFacts(db, asks)),
    /** Refuses with `NO_PLACE` and alternatives where the slot is full. */
    require: async (wish: HoldWish, facts: PersonalFacts | null): Promise<Room> => {
      const { slotId } = wish.body
      const again = () => look(wish, facts, { ...deps, looks })
      let seen = await again()
      // What was free then may be what others have got since: only then it is worth another look.
      if ((freeIn(seen, slotId) ?? 1) <= (taken.get(slotId) ?? 0)) {
        forget()
        seen = await again()
      }
      return roomIn(seen, slotId, facts)
    },
    /** After somebody got a place there. */
    took: (slotId: string): void => void taken.set(slotId, (taken.get(slotId) ?? 0) + 1),
    forget,
  }
}

function freeIn(seen: OpenPlaces | null, slotId: string): number | null {
  return seen?.places.find((place) => place.slotId === slotId)?.free ?? null
}

function roomIn(seen: OpenPlaces | null, slotId: string, facts: PersonalFacts | null): Room {
  if (facts === null || seen === null) return { free: null, alternatives: [] }
  const alternatives = nearestOf(
    without(otherThan(seen.places, [slotId]), facts.own),
    facts.startsAt,
  )
  if (seen.full.some((place) => place.slotId === slotId))
    throw new Refusal('NO_PLACE', { alternatives })
  return { free: freeIn(seen, slotId), alternatives }
}

/** Free places of the slot, null where nobody looked; and where else there are some. */
type Room = { readonly free: number | null; readonly alternatives: readonly Place[] }

/**
 * What is free around the slot for anybody of that wing. Null for who may not come: they hear that, and
 * not what is free (EL-2).
 */
async function look(
  { body, actor }: HoldWish,
  facts: PersonalFacts | null,
  { looks, places, db }: HoldDeskDeps & { looks: Shared<OpenPlaces> },
): Promise<OpenPlaces | null> {
  if (facts === null || facts.facilityId !== facts.inmateFacilityId) return null
  if (facts.bonded < new Set(body.visitorIds).size) return null
  const { place, linkCentreId } = body
  const { facilityId, visitClass } = facts
  const kind = {
    place,
    linkCentreId,
    visitClass,
    wing: facts.wing ?? '',
    isByStaff: isByStaff({ by: actor }),
  }
  const range = around(new Date(Math.floor(facts.startsAt.getTime() / DAY_MS) * DAY_MS))
  return looks.get(JSON.stringify([facilityId, kind, range]), async () => {
    const rules = await places.policy.ofFacility(db, facilityId)
    return openPlaces(db, { ...kind, ...range, rules }, places)
  })
}
