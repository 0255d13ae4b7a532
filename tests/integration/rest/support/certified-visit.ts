import { insertInmate, insertTerminal, insertVisit } from '@visavis/prisma/seed'
import { aWholeChain } from '../../../../server/src/modules/certificates/census-fixture.ts'
import type { ChainedLine } from '../../../../server/src/modules/certificates/census-fixture.ts'
import type { SampleWorld } from '../samples/sample.ts'
import type { Place } from './people-and-places.ts'
import type { RestWorld } from './rest-world.ts'

const MINUTE_MS = 60_000

/** A privileged visit of the place's visitor that has ended, with its census; the visit's id. */
export async function aCertifiedVisit(given: SampleWorld, count = 4): Promise<string> {
  const world = given.world()
  const { db, clock } = world
  const { visitId } = await anEndedVisit(world, given.place())
  const beganAt = new Date(clock.now().getTime() - MINUTE_MS)
  await storeLines(world, aWholeChain({ visitId, beganAt }, count))
  await db.flowStretch.create({
    data: { visitId, epoch: 1, fromMs: beganAt.getTime(), ms: 10_000, isFlowing: true, seats: {} },
  })
  return visitId
}

/** Each at a terminal and with an inmate of its own, so that no two overlap. */
async function anEndedVisit({ db, clock }: RestWorld, { facilityId, visitorId }: Place) {
  const endedAt = clock.now()
  const { terminalId } = await insertTerminal(db, { facilityId, name: `T ${crypto.randomUUID()}` })
  const { inmateId } = await insertInmate(db, { facilityId })
  const { visit } = await insertVisit(db, {
    ...{ facilityId, terminalId, inmateId, visitClass: 'privileged' },
    bookingState: 'FULFILLED',
    visitorIds: [visitorId],
    startsAt: new Date(endedAt.getTime() - MINUTE_MS),
    session: { state: 'ENDED', outcome: 'COMPLETED', endedAt, deliveredMs: 10_000, epoch: 1 },
  })
  return visit
}

/** Stores lines as the server does. */
export async function storeLines(
  { db }: Pick<RestWorld, 'db'>,
  lines: readonly ChainedLine[],
): Promise<void> {
  const data = lines.map(({ text, hash, line }) => {
    const { visitId, epoch, seq, prevHash } = line
    const bytes = new TextEncoder().encode(text)
    return { visitId, epoch, seq, at: new Date(line.at), bytes, prevHash, hash }
  })
  await db.censusEntry.createMany({ data })
}
