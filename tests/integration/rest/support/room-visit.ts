import {
  insertAccount,
  insertInmate,
  insertLinkCentreRoom,
  insertTerminal,
  insertVisit,
  insertVisitor,
} from '@visavis/prisma/seed'
import { accountCookie } from './callers.ts'
import { MINUTE_MS } from './people-and-places.ts'
import type { Place } from './people-and-places.ts'
import type { RestWorld } from './rest-world.ts'

/** A person who comes to a link centre; adults are verified unless said otherwise. */
export type RoomVisitor = {
  readonly birthDate?: string
  readonly isVerified?: boolean
  readonly hasAccount?: boolean
}

export const A_CHILDS_BIRTH_DATE = '2020-06-01'

/**
 * A visit of people of its own in a room of its own at the place's link centre, in ten minutes unless said
 * otherwise; the first of them booked it. `seatIds` and `accountIds` are in the order of `visitors`.
 */
export async function aRoomVisit(
  world: RestWorld,
  place: Place,
  { visitors = [{}], startsInMs = 10 * MINUTE_MS }: RoomVisitOptions = {},
) {
  const { db, clock } = world
  const { facilityId, linkCentreId } = place
  const people = []
  for (const visitor of visitors) people.push(await aPerson(world, visitor))
  const visitorIds = people.map(({ visitorId }) => visitorId)
  const room = await insertLinkCentreRoom(db, { linkCentreId })
  const { linkCentreRoomId } = room
  const bookedBy = people[0]?.accountId ?? null
  const { visit, seats } = await insertVisit(db, {
    facilityId,
    terminalId: (await insertTerminal(db, { facilityId })).terminalId,
    inmateId: (await insertInmate(db, { facilityId, givenName: 'Dmitri' })).inmateId,
    startsAt: new Date(clock.now().getTime() + startsInMs),
    ...{ visitorIds, linkCentreRoomId, bookedBy },
  })
  return {
    visitId: visit.visitId,
    room: { linkCentreRoomId, name: room.name },
    visitorIds,
    accountIds: people.map(({ accountId }) => accountId),
    seatIds: visitorIds.map(
      (visitorId) => seats.find((seat) => seat.visitorId === visitorId)?.seatId ?? '',
    ),
  }
}

type RoomVisitOptions = { readonly visitors?: readonly RoomVisitor[]; readonly startsInMs?: number }
export type RoomVisit = Awaited<ReturnType<typeof aRoomVisit>>

async function aPerson(
  { db }: RestWorld,
  { birthDate, isVerified = true, hasAccount = true }: RoomVisitor,
) {
  const { visitorId } = await insertVisitor(db, {
    ...(birthDate ? { birthDate } : {}),
    ...(isVerified ? {} : { verification: 'SUBMITTED' as const }),
  })
  if (!hasAccount) return { visitorId, accountId: null }
  const { accountId } = await insertAccount(db, { role: 'visitor', visitorId })
  return { visitorId, accountId }
}

/** What a host does at the desk, over REST. */
export function deskOf(world: RestWorld, place: Place) {
  let addresses = 0
  const ask = async (url: string, payload: object | undefined, cookie?: string) => {
    addresses += 1
    return world.app.inject({
      method: payload === undefined ? 'GET' : 'POST',
      url,
      headers: {
        cookie: cookie ?? (await accountCookie(world, place.accounts.host)),
        'idempotency-key': crypto.randomUUID(),
      },
      remoteAddress: `10.7.${addresses >> 8}.${addresses & 255}`,
      ...(payload === undefined ? {} : { payload }),
    })
  }
  return {
    ask,
    checkIn: (visitId: string, seatId: string, cookie?: string) =>
      ask(`/api/desk/visits/${visitId}/check-ins`, { seatId, documentName: 'Passport' }, cookie),
    issueCode: (visitId: string, cookie?: string) =>
      ask(`/api/desk/visits/${visitId}/room-codes`, {}, cookie),
    useCode: (code: string, cookie = '') => ask('/api/room/sign-in', { code }, cookie),
  }
}

/** A code for the visit's room, after everybody was checked in. */
export async function aRoomCode(world: RestWorld, place: Place, visit: RoomVisit): Promise<string> {
  const desk = deskOf(world, place)
  for (const seatId of visit.seatIds) await desk.checkIn(visit.visitId, seatId)
  return (await desk.issueCode(visit.visitId)).json<{ code: string }>().code
}
