import { insertVisit } from '@visavis/prisma/seed'
import type { Place } from './people-and-places.ts'
import { aRecordedVisit } from './recorded-visit.ts'
import type { Given, RecordedVisit } from './recorded-visit.ts'
import type { RestWorld } from './rest-world.ts'

const HOUR_MS = 3_600_000

/** Who met and when, where it is not the place's own people a day ago. */
export type GivenPast = Omit<Given, 'visit'> & {
  readonly startsAt?: Date
  readonly inmateId?: string
  readonly visitorIds?: readonly string[]
  readonly outcome?: 'COMPLETED' | 'INMATE_EARLY'
}

/** A past visit at the place that takes nothing from anybody any more, with its recording. */
export async function aKeptVisit(
  world: RestWorld,
  place: Place,
  given: GivenPast = {},
): Promise<RecordedVisit> {
  const startsAt = given.startsAt ?? new Date(world.clock.now().getTime() - 24 * HOUR_MS)
  const { facilityId, terminalId } = place
  const { visit, seats } = await insertVisit(world.db, {
    ...{ facilityId, terminalId, startsAt, bookingState: 'FULFILLED' },
    inmateId: given.inmateId ?? place.inmateId,
    visitorIds: given.visitorIds ?? [place.visitorId],
    session: { state: 'ENDED', outcome: given.outcome ?? 'COMPLETED', endedAt: startsAt },
  })
  const originAt = given.originAt ?? startsAt
  const recorded = { visitId: visit.visitId, seats }
  return aRecordedVisit(world, place, { ...given, originAt, visit: recorded })
}
