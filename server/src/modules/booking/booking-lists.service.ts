import { Refusal } from '@visavis/contract/errors'
import type { bookingRoutes } from '@visavis/contract/http'
import type { z } from 'zod'
import type { Clock } from '@visavis/platform/clock'
import type { Tx } from '../../platform/transact.ts'
import { requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { readerOf, viewOf } from './booking-view.ts'
import type { BookingViewRepo, ViewFilter, ViewRow } from './booking-view.repo.ts'
import type { PlacesInmate } from './places.repo.ts'
import { findPlaces } from './places.service.ts'
import type { FoundPlaces, PlacesDeps } from './places.service.ts'

type ListQuery = z.output<(typeof bookingRoutes)['bookings']['query']>
type PlacesQuery = z.output<(typeof bookingRoutes)['places']['query']>
type ListDeps = { readonly db: Tx; readonly views: BookingViewRepo; readonly clock: Clock }

/** One search covers what a page shows, and no more than the database does quickly. */
const MAX_SEARCH_MS = 42 * 86_400_000

/** A page of bookings: the visitor's own, or those of the facility. */
export async function listBookings(
  actor: AccountActor,
  { cursor, limit, from, to, ...query }: ListQuery,
  { db, views, clock }: ListDeps,
) {
  const filter: ViewFilter = {
    ...query,
    ...reachOf(actor),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
    ...(cursor === undefined ? {} : { after: afterOf(cursor) }),
    limit: limit + 1,
  }
  const rows = await views.list(db, filter)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const now = clock.now()
  return {
    items: page.flatMap((row) => {
      const reader = readerOf(row, actor)
      return reader ? [viewOf(row, reader, now)] : []
    }),
    nextCursor: rows.length > limit && last ? cursorOf(last) : null,
  }
}

function reachOf(actor: AccountActor): Pick<ViewFilter, 'facilityId' | 'ownVisitorId'> {
  if (actor.role === 'visitor' && actor.visitorId !== null) return { ownVisitorId: actor.visitorId }
  if (actor.facilityId === null) throw new Refusal('FORBIDDEN')
  return { facilityId: actor.facilityId }
}

function cursorOf({ startsAt, visitId }: ViewRow): string {
  return `${startsAt.toISOString()}_${visitId}`
}

const CURSOR = /^(\d{4}-[\dT:.-]+Z)_([0-9a-f-]{36})$/

function afterOf(cursor: string): NonNullable<ViewFilter['after']> {
  const [, startsAt = '', visitId = ''] = CURSOR.exec(cursor) ?? []
  const instant = new Date(startsAt)
  if (visitId === '' || Number.isNaN(instant.getTime())) {
    const fields = [{ field: 'cursor', cure: 'Use the nextCursor of the page before.' }]
    throw new Refusal('BAD_REQUEST', { fields })
  }
  return { startsAt: instant, visitId }
}

/** Places for the people of a query; an inmate whom the asker has no bond with is not there (EL-2). */
export async function searchPlaces(
  actor: AccountActor,
  query: PlacesQuery,
  { db, places }: { db: Tx; places: PlacesDeps },
): Promise<FoundPlaces> {
  const { from, to, ...ask } = query
  const range = { from: new Date(from), to: new Date(to) }
  requireRange(range)
  const inmate = await places.repo.inmate(db, query)
  if (inmate === null || !isTheirs(actor, query, inmate)) throw new Refusal('NOT_FOUND')
  const isByStaff = actor.role !== 'visitor'
  return findPlaces(db, { ...ask, ...range, inmate, isByStaff }, places)
}

function requireRange({ from, to }: { from: Date; to: Date }): void {
  const lengthMs = to.getTime() - from.getTime()
  if (lengthMs > 0 && lengthMs <= MAX_SEARCH_MS) return
  const fields = [{ field: 'to', cure: 'After `from`, and at most 42 days after it.' }]
  throw new Refusal('BAD_REQUEST', { fields })
}

/** Refuses staff of another facility: this inmate is not there for them (EL-2). */
function isTheirs(actor: AccountActor, query: PlacesQuery, inmate: PlacesInmate): boolean {
  if (actor.role !== 'visitor') {
    requireFacility(actor, inmate.facilityId)
    return true
  }
  const people = new Set(query.visitorIds)
  return actor.visitorId !== null && people.has(actor.visitorId) && inmate.bonded === people.size
}
