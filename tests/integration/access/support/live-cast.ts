import { ROLES } from '@visavis/contract/http'
import type { Role } from '@visavis/contract/http'
import { insertAccount, insertLinkCentre } from '@visavis/prisma/seed'
import { aVisitWithPeople } from '../../live/support/live-people.ts'
import type { VisitPeople } from '../../live/support/live-people.ts'
import type { LiveWorld } from '../../live/support/live-world.ts'
import { accountCookie, scopeOf } from '../../rest/support/callers.ts'
import type { Caller } from './callers.ts'

/** A visit, its people, and a cookie of everybody who could have to do with it. */
export type LiveCast = {
  readonly people: VisitPeople
  readonly cookieOf: (caller: Caller) => string
}

/** Everybody at a facility of their own, around a visit that begins in a minute. */
export async function aLiveCast(world: LiveWorld, people?: VisitPeople): Promise<LiveCast> {
  const visit = people ?? (await aVisitWithPeople(world))
  const { facilityId, visitId, visitorSeatId } = visit
  const { db } = world
  const place = await db.facility.findUniqueOrThrow({ where: { facilityId } })
  const seat = await db.seat.findUniqueOrThrow({ where: { seatId: visitorSeatId } })
  const centre = await insertLinkCentre(db, { estateId: place.estateId })
  const ids = { facilityId, operatorId: place.operatorId, linkCentreId: centre.linkCentreId }
  const scope = { ...ids, visitorId: seat.visitorId ?? '', officerId: '' }
  const cookies = new Map<Caller, string>([
    ['nobody', ''],
    // The terminal of the visit, with nobody signed in.
    ['terminal', visit.cookies.inmate.replace(/; visavis-inmate=.*$/, '')],
    ['inmate', visit.cookies.inmate],
    ['visitor', visit.cookies.visitor],
    ['officer', visit.cookies.officer],
  ])
  for (const role of ROLES) {
    if (cookies.has(role)) continue
    cookies.set(role, await staffCookie(world, role, scopeOf(role, scope)))
  }
  const booked = await db.account.findFirstOrThrow({ where: { visitorId: seat.visitorId } })
  cookies.set('roomDevice', await accountCookie(world as never, booked.accountId, visitId))
  return { people: visit, cookieOf: (caller) => cookies.get(caller) ?? '' }
}

async function staffCookie(world: LiveWorld, role: Role, scope: object): Promise<string> {
  const { accountId } = await insertAccount(world.db, { role, ...scope })
  return accountCookie(world as never, accountId)
}
