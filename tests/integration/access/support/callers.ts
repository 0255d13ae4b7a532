import { ROLES } from '@visavis/contract/http'
import type { Role } from '@visavis/contract/http'
import {
  insertAccount,
  insertInmate,
  insertOfficer,
  insertTerminal,
  insertVisit,
  insertVisitor,
} from '@visavis/prisma/seed'
import { hashSecret } from '@visavis/prisma'
import { accountCookie, deviceCookie, inmateCookie, scopeOf } from '../../rest/support/callers.ts'
import { MINUTE_MS, PIN } from '../../rest/support/people-and-places.ts'
import type { Place } from '../../rest/support/people-and-places.ts'
import type { RestWorld } from '../../rest/support/rest-world.ts'

/** Everybody who can ask for something. */
export const CALLERS = [...ROLES, 'roomDevice', 'inmate', 'terminal', 'nobody'] as const
export type Caller = (typeof CALLERS)[number]

/** A `Cookie` header of a fresh sign-in of that caller, from among the people of a place. */
export async function cookieOf(world: RestWorld, place: Place, caller: Caller): Promise<string> {
  const { device, inmateId, terminalId, visitId } = place
  if (isRole(caller)) return accountCookie(world, place.accounts[caller])
  switch (caller) {
    case 'nobody':
      return ''
    case 'terminal':
      return device
    case 'inmate':
      return inmateCookie(world, { device, inmateId, terminalId, visitId })
    case 'roomDevice':
      return accountCookie(world, place.accounts.visitor, visitId)
  }
}

function isRole(caller: Caller): caller is Role {
  return ROLES.some((role) => role === caller)
}

/** Other people of the same facility: a visitor, an inmate, a terminal and a visit besides, and a colleague of everybody. */
export async function otherPeopleOf(world: RestWorld, place: Place): Promise<Place> {
  const { db, clock } = world
  const { facilityId } = place
  const { visitorId } = await insertVisitor(db)
  const { terminalId } = await insertTerminal(db, { facilityId })
  const { officerId } = await insertOfficer(db, { facilityId })
  const pinHash = await hashSecret(PIN)
  const { inmateId } = await insertInmate(db, { facilityId, givenName: 'Oleg', pinHash })
  const startsAt = new Date(clock.now().getTime() + MINUTE_MS)
  const people = { facilityId, terminalId, inmateId, visitorIds: [visitorId], startsAt }
  const { visit, seats } = await insertVisit(db, people)
  const scope = { ...place, visitorId, officerId }
  const accounts = new Map<Role, string>()
  for (const role of ROLES) {
    accounts.set(role, (await insertAccount(db, { role, ...scopeOf(role, scope) })).accountId)
  }
  const own = { visitorId, officerId, terminalId, inmateId, visitId: visit.visitId, seats }
  const device = await deviceCookie(db, terminalId)
  return { ...place, ...own, device, accounts: Object.fromEntries(accounts) as Place['accounts'] }
}
