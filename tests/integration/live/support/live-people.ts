import {
  insertInmate,
  insertRelationship,
  insertSmallWorld,
  insertStaff,
  insertVisit,
} from '@visavis/prisma/seed'
import type { VisitClass } from '@visavis/contract/media-policy'
import { accountCookie, deviceCookie, inmateCookie } from '../../rest/support/callers.ts'
import type { LiveWorld } from './live-world.ts'
import { connectSeat } from './socket-client.ts'

const MINUTE_MS = 60_000

/** A visit that starts in a minute, and the cookies of everybody concerned. */
export type VisitPeople = Awaited<ReturnType<typeof aVisitWithPeople>>

/** Books a visit at a facility of its own; social, watched and recorded unless said otherwise. */
export async function aVisitWithPeople(
  world: LiveWorld,
  {
    visitClass = 'social',
    startsInMs = MINUTE_MS,
  }: { visitClass?: VisitClass; startsInMs?: number } = {},
) {
  const { db, clock } = world
  const small = await insertSmallWorld(db)
  const { facilityId } = small.facility
  // RC-3: with nobody to record, a visit would wait.
  if (!world.isRecording) await goOnUnrecorded(world, facilityId)
  const { terminalId } = small.terminal
  const inmate = await insertInmate(db, { facilityId, givenName: 'Dmitri' })
  // EL-4: without one, nobody gets through the door.
  await insertRelationship(db, {
    visitorId: small.visitor.visitorId,
    inmateId: inmate.inmateId,
  })
  const { visit, seats } = await insertVisit(db, {
    facilityId,
    terminalId,
    inmateId: inmate.inmateId,
    visitorIds: [small.visitor.visitorId],
    startsAt: new Date(clock.now().getTime() + startsInMs),
    visitClass,
  })
  const device = await deviceCookie(db, terminalId)
  const { visitId } = visit
  const second = await insertStaff(db, facilityId)
  const signIn = (accountId: string) => accountCookie(world as never, accountId)
  return {
    visitId,
    facilityId,
    visitorSeatId: seatIdOf(seats, 'VISITOR'),
    inmateSeatId: seatIdOf(seats, 'INMATE'),
    cookies: {
      visitor: await signIn(small.visitorAccount.accountId),
      inmate: await inmateCookie(world as never, {
        device,
        inmateId: inmate.inmateId,
        terminalId,
        visitId,
      }),
      officer: await signIn(small.officerAccount.accountId),
      secondOfficer: await signIn(second.officerAccount.accountId),
    },
  }
}

/** From now on the facility's visits do not wait for a recorder. */
export async function goOnUnrecorded({ db }: LiveWorld, facilityId: string): Promise<void> {
  const { policy } = await db.facility.findUniqueOrThrow({ where: { facilityId } })
  const data = { policy: { ...(policy as object), whenNotRecorded: 'GO_ON' } }
  await db.facility.update({ where: { facilityId }, data })
}

function seatIdOf(seats: readonly { seatId: string; party: string }[], party: string): string {
  const seat = seats.find((candidate) => candidate.party === party)
  if (!seat) throw new Error(`the visit has no seat for ${party}`)
  return seat.seatId
}

/** Both sides of a visit come, without media. */
export async function bothInLobby(world: LiveWorld, people: VisitPeople) {
  const { visitId, cookies } = people
  const visitor = await connectSeat(world, cookies.visitor)
  const inmate = await connectSeat(world, cookies.inmate)
  const visitorJoined = await visitor.call('join', { visitId, holdingEpoch: null })
  const inmateJoined = await inmate.call('join', { visitId, holdingEpoch: null })
  return { visitor, inmate, visitorJoined, inmateJoined }
}
