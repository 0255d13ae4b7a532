import type { Role } from '@visavis/contract/http'
import type { Database } from '@visavis/prisma'
import { newId, newToken, tokenHash } from '@visavis/prisma'
import { connectTestTerminal } from '../../../support/test-terminals.ts'
import type { RestWorld } from './rest-world.ts'

const HOUR_MS = 3_600_000

/** A `Cookie` header of a fresh sign-in of the account, without the cost of a password; of a room device if for one visit. */
export async function accountCookie(
  world: RestWorld,
  accountId: string,
  onlyVisitId: string | null = null,
): Promise<string> {
  const token = newToken()
  const row = signInRow(world, token)
  // As after a sign-in: what needs a fresh proof is allowed for five minutes.
  const data = { accountId, visitId: onlyVisitId, provedAt: row.createdAt, ...row }
  await world.db.authSession.create({ data })
  return `visavis=${token}`
}

/** A `Cookie` header of the device and, on it, of a fresh sign-in of the inmate; at the desk without a visit. */
export async function inmateCookie(
  world: RestWorld,
  given: { device: string; inmateId: string; terminalId: string; visitId: string | null },
): Promise<string> {
  const { device, ...person } = given
  const token = newToken()
  await world.db.authSession.create({ data: { ...person, ...signInRow(world, token) } })
  return `${device}; visavis-inmate=${token}`
}

/** Enrols the terminal and gives the `Cookie` header of its open session. */
export const deviceCookie: (db: Database, terminalId: string) => Promise<string> =
  connectTestTerminal

function signInRow({ clock }: RestWorld, token: string) {
  const now = clock.now()
  return {
    authSessionId: newId(),
    tokenHash: tokenHash(token),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + HOUR_MS),
  }
}

/** The cookie pair (`name=value`) that an answer sets. */
export function cookieOf(answer: { headers: Record<string, unknown> }): string {
  return setCookie(answer).split(';')[0] ?? ''
}

/** The whole `Set-Cookie` header of an answer. */
export function setCookie({ headers }: { headers: Record<string, unknown> }): string {
  const value = headers['set-cookie']
  return String(Array.isArray(value) ? value[0] : value)
}

/** The scope that the database wants of an account of that role. */
export type Scope = {
  readonly facilityId: string
  readonly operatorId: string
  readonly linkCentreId: string
  readonly visitorId: string
  readonly officerId: string
}

/** The parts of `all` that belong to the role. */
export function scopeOf(role: Role, all: Scope): Partial<Scope> {
  const { facilityId, operatorId, linkCentreId, visitorId, officerId } = all
  const others: Partial<Record<Role, Partial<Scope>>> = {
    visitor: { visitorId },
    host: { linkCentreId },
    operatorAdmin: { operatorId },
    officer: { facilityId, officerId },
  }
  return others[role] ?? { facilityId }
}
