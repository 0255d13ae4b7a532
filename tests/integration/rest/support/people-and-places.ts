import { ROLES } from '@visavis/contract/http'
import type { Role } from '@visavis/contract/http'
import { hashSecret } from '@visavis/prisma'
import {
  insertAccount,
  insertInmate,
  insertLinkCentre,
  insertSmallWorld,
  insertVisit,
} from '@visavis/prisma/seed'
import { deviceCookie, scopeOf } from './callers.ts'
import type { RestWorld } from './rest-world.ts'

export const PIN = '4711'
/** Well inside the window of a visit that starts now. */
export const MINUTE_MS = 60_000

export type Place = Awaited<ReturnType<typeof aPlace>>

/** A facility with staff of every role, an enrolled terminal, and a visit whose window is open. */
export async function aPlace(world: RestWorld) {
  const { db, clock } = world
  const small = await insertSmallWorld(db)
  const { facilityId } = small.facility
  const { terminalId } = small.terminal
  const linkCentre = await insertLinkCentre(db, { estateId: small.estate.estateId })
  const inmate = await insertInmate(db, {
    facilityId,
    givenName: 'Dmitri',
    pinHash: await hashSecret(PIN),
  })
  const booked = await insertVisit(db, {
    facilityId,
    terminalId,
    inmateId: inmate.inmateId,
    visitorIds: [small.visitor.visitorId],
    startsAt: new Date(clock.now().getTime() + MINUTE_MS),
  })
  const scope = {
    facilityId,
    operatorId: small.operator.operatorId,
    linkCentreId: linkCentre.linkCentreId,
    visitorId: small.visitor.visitorId,
    officerId: small.officer.officerId,
  }
  const accounts: Partial<Record<Role, string>> = {}
  for (const role of ROLES) {
    accounts[role] = (await insertAccount(db, { role, ...scopeOf(role, scope) })).accountId
  }
  return {
    ...scope,
    terminalId,
    inmateId: inmate.inmateId,
    visitId: booked.visit.visitId,
    seats: booked.seats,
    accounts: accounts as Record<Role, string>,
    device: await deviceCookie(db, terminalId),
  }
}
