import { Refusal } from '@visavis/contract/errors'
import type { VisitClass } from '@visavis/contract/media-policy'
import type { Clock } from '@visavis/platform/clock'
import type { Tx } from '../../platform/transact.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import type { BookingPeople, Place } from './booking-api.ts'
import { mediaWithin } from './booking-rules.ts'
import { isOpenThen } from './opening-rules.ts'
import { isOverlapping, isWithin, nearest, slotRooms, windowOf } from './place-rules.ts'
import type { Needs, SlotLoad, SlotRoom, Stretch } from './place-rules.ts'
import type { LoadAsk, PeopleAsk, PlacesInmate, PlacesRepo } from './places.repo.ts'

export type PlacesDeps = {
  readonly repo: PlacesRepo
  readonly policy: Policy
  readonly clock: Clock
}

/** What kind of places, and when; the same for all who ask alike. */
export type PlaceKind = {
  readonly wing: string
  readonly visitClass: VisitClass
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly linkCentreId?: string | undefined
  readonly from: Date
  readonly to: Date
  readonly isByStaff: boolean
}

/** Whose places, and when. */
export type PlacesAsk = Omit<PlaceKind, 'wing'> &
  BookingPeople & {
    /** A visit of theirs whose own claims do not count. */
    readonly exceptVisitId?: string | undefined
    /** The inmate, where the caller has read it already. */
    readonly inmate?: PlacesInmate | undefined
  }

/** Slots with and without a free place. */
export type OpenPlaces = { readonly places: readonly Place[]; readonly full: readonly Place[] }
export type FoundPlaces = OpenPlaces & { readonly rules: FacilityRules }

/**
 * BK-8, BK-10. The slots of the inmate's facility that these people could come to, with and without a
 * free place. Refuses with `NOT_FOUND` and `LINK_CENTRE_CLOSED`.
 */
export async function findPlaces(tx: Tx, ask: PlacesAsk, deps: PlacesDeps): Promise<FoundPlaces> {
  const inmate = ask.inmate ?? (await deps.repo.inmate(tx, ask))
  if (inmate === null) throw new Refusal('NOT_FOUND')
  const rules = await deps.policy.ofFacility(tx, inmate.facilityId)
  const { inmateId, visitorIds, exceptVisitId = null } = ask
  const people = { inmateId, visitorIds, exceptVisitId }
  const found = await openPlaces(tx, { ...ask, wing: inmate.wing, rules, people }, deps)
  if (inmate.custody !== 'IN_CUSTODY') return { rules, places: [], full: [] }
  return { rules, ...found }
}

/** Places that are at no time of one's own visits. */
export function without(places: readonly Place[], own: readonly Stretch[]): Place[] {
  if (own.length === 0) return [...places]
  return places.filter((place) => !own.some((one) => isOverlapping(stretchOf(place), one)))
}

function stretchOf({ startsAt, endsAt }: Place): Stretch {
  return { startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt) }
}

/** The same for anybody of that wing, whatever else they have at that time; or for some people. */
export async function openPlaces(
  tx: Tx,
  ask: PlaceKind & { readonly rules: FacilityRules; readonly people?: PeopleAsk },
  deps: PlacesDeps,
): Promise<OpenPlaces> {
  const { rules } = ask
  const { people = null } = ask
  const search: Search = { ask, rules, people, now: deps.clock.now(), needs: needsOf(ask, rules) }
  const isOpen = await openingOf(tx, search, deps)
  const load = await deps.repo.load(tx, loadAskOf(search))
  const window = bookingWindow(search)
  const rooms = slotRooms(load, search.needs).filter(
    ({ slot }) =>
      isWithin(slot, window) && isOpen(slot) && !load.own.some((one) => isOverlapping(slot, one)),
  )
  return sorted(tx, rooms, { search, deps })
}

type Search = {
  readonly ask: PlaceKind
  readonly rules: FacilityRules
  readonly people: PeopleAsk | null
  readonly now: Date
  readonly needs: Needs
}

function needsOf(ask: PlaceKind, rules: FacilityRules): Needs {
  const { policy } = rules
  const { monitor } = mediaWithin(ask.visitClass, policy.media, rules.limitsAt(ask.from))
  return {
    visitClass: ask.visitClass,
    wing: ask.wing,
    isWingOnly: policy.terminalScope === 'WING',
    isMonitored: monitor !== 'NONE',
    usesEscorts: policy.usesEscorts,
    needsRoom: ask.place === 'LINK_CENTRE',
    terminalTurnaroundMs: policy.terminalTurnaroundMs,
    escortTurnaroundMs: policy.escortTurnaroundMs,
  }
}

function loadAskOf({ ask, rules, people, needs, now }: Search): LoadAsk {
  const { visitClass, from, to } = ask
  return {
    facilityId: rules.facilityId,
    visitClass,
    from,
    to,
    people,
    now,
    isWingOnly: needs.isWingOnly,
    linkCentreId: needs.needsRoom ? (ask.linkCentreId ?? null) : null,
  }
}

function bookingWindow({ ask, rules, now }: Search) {
  const { noticeMs, horizonMs } = rules.policy
  const needsNotice = ask.visitClass !== 'privileged' && !ask.isByStaff
  return windowOf({ now: now.getTime(), noticeMs, horizonMs, needsNotice })
}

async function openingOf(
  tx: Tx,
  { ask, rules }: Search,
  { repo }: PlacesDeps,
): Promise<(slot: SlotLoad) => boolean> {
  if (ask.place === 'HOME') return () => true
  const centre = ask.linkCentreId === undefined ? null : await repo.linkCentre(tx, ask.linkCentreId)
  if (centre?.estateId !== rules.estateId) throw new Refusal('LINK_CENTRE_CLOSED')
  return (slot) => isOpenThen(centre, slot)
}

/** Which have a place and which are full; where the counts leave it open, each thing is looked at. */
async function sorted(
  tx: Tx,
  rooms: readonly SlotRoom[],
  { search, deps }: { search: Search; deps: PlacesDeps },
): Promise<{ places: Place[]; full: Place[] }> {
  const open = rooms.filter(({ atLeast, atMost }) => atLeast === 0 && atMost > 0)
  const exact =
    open.length === 0
      ? new Map<string, number>()
      : await deps.repo.exact(tx, {
          ...loadAskOf(search),
          ...search.needs,
          slotIds: open.map(({ slot }) => slot.slotId),
        })
  const found = rooms.map(({ slot, atLeast, atMost }) => {
    const looked = exact.get(slot.slotId)
    const free = looked === undefined ? atLeast : Math.min(atMost, looked - slot.waiting)
    return placeOf(slot, Math.max(0, free), search.ask.visitClass)
  })
  return {
    places: found.filter(({ free }) => free > 0),
    full: found.filter(({ free }) => free === 0),
  }
}

function placeOf(slot: SlotLoad, free: number, visitClass: VisitClass): Place {
  return {
    slotId: slot.slotId,
    startsAt: new Date(slot.startsAt).toISOString(),
    endsAt: new Date(slot.endsAt).toISOString(),
    visitClass,
    bookingMode: slot.bookingMode,
    free,
  }
}

/** Alternatives are looked for so far around the time that was wanted. */
const AROUND_MS = 14 * 86_400_000
const ALTERNATIVES = 3

export type NearAsk = Omit<PlacesAsk, 'from' | 'to'> & {
  readonly near: Date
  readonly count?: number | undefined
  /** The slots that were asked for, or are booked already: they are no alternative. */
  readonly exceptSlotIds?: readonly string[] | undefined
}

/** BK-10. The free places nearest to an instant, for these people. */
export async function nearestPlaces(tx: Tx, ask: NearAsk, deps: PlacesDeps): Promise<Place[]> {
  const { places } = await findPlaces(tx, { ...ask, ...around(ask.near) }, deps)
  return nearestOf(otherThan(places, ask.exceptSlotIds), ask.near, ask.count)
}

/** Those of the places that are in none of these slots. */
export function otherThan(places: readonly Place[], slotIds: readonly string[] = []): Place[] {
  return places.filter(({ slotId }) => !slotIds.includes(slotId))
}

/** The days in which alternatives to an instant are looked for. */
export function around(near: Date): { from: Date; to: Date } {
  const at = near.getTime()
  return { from: new Date(at - AROUND_MS), to: new Date(at + AROUND_MS) }
}

/** Of these places the nearest, three unless told. */
export function nearestOf(
  places: readonly Place[],
  near: Date,
  count: number = ALTERNATIVES,
): Place[] {
  const timed = places.map((place) => ({ ...stretchOf(place), place }))
  return nearest(timed, near.getTime(), count).map(({ place }) => place)
}
