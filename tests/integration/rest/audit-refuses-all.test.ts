import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import type { RouteName } from './samples/all.ts'
import { breakAuditLog, mendAuditLog } from './support/audit-log.ts'
import { accountCookie, inmateCookie } from './support/callers.ts'
import { changedTables, tableSums } from './support/table-sums.ts'
import { aRouteWorld } from './support/route-caller.ts'
import type { RouteWorld } from './support/route-caller.ts'

/** Tables whose rows outlive a refusal, so that it cannot be tried without end: tries, and challenges that work once. */
const COUNTED: readonly string[] = [
  ...['public.sign_in_count', 'public.passkey_challenge'],
  // When a terminal was last heard of.
  'public.device_session',
]

/**
 * Requests that note nothing, and why; they change no more than {@link COUNTED} and `changes`. Whoever adds a route
 * that changes something and notes nothing has to give the reason here.
 */
const UNNOTED: Partial<Record<RouteName, { reason: string; changes?: readonly string[] }>> = {
  passkeyRequest: { reason: 'A challenge grants nothing; the sign-in that answers it is noted.' },
  passkeyCreation: { reason: 'A challenge grants nothing; the passkey that answers it is noted.' },
  proofRequest: { reason: 'A challenge grants nothing; the proof that answers it is noted.' },
  enableAccount: {
    reason: 'The sample’s account is enabled: nothing changes, so nothing is noted.',
  },
  enterRing: {
    reason: 'The sample’s inmate is in this visit already: nothing changes, so nothing is noted.',
  },
  previewTemplate: {
    reason: 'A look ahead at the timetable: it changes nothing and names nobody.',
  },
  previewBlackout: {
    reason: 'A look ahead at the timetable: it changes nothing and names nobody.',
  },
  explainEligibility: { reason: 'A question about one’s own booking: it changes nothing.' },
  cosignCheckpoint: {
    reason:
      'A witness’s line proves itself; an entry would make the log grow, and the witness sign again.',
    changes: ['public.audit_cosignature'],
  },
  terminalNonce: { reason: 'A nonce grants nothing; what a key signs of it is noted.' },
  terminalBeat: {
    reason: 'A machine’s figures twice a minute; what is wrong with it is noted when it is found.',
    changes: ['public.terminal_beat'],
  },
}

/** Reads of what somebody could be harmed by: none without its entry. */
const SENSITIVE_READS: readonly RouteName[] = [
  ...(['auditEntries', 'auditEntry', 'auditProof', 'exportAuditLog'] as const),
]

let given: RouteWorld
beforeAll(async () => {
  given = await aRouteWorld()
})
afterAll(() => given.world.close())

async function cookieFor(route: Route): Promise<string> {
  const { world, place } = given
  const { device, inmateId, terminalId, visitId } = place
  switch (route.access.kind) {
    case 'public':
      return ''
    case 'terminal':
      return device
    case 'inmate':
      return inmateCookie(world, { device, inmateId, terminalId, visitId })
    case 'account':
      return accountCookie(world, place.accounts[route.access.roles[0] ?? 'visitor'])
  }
}

/** A cookie with which somebody is signed in or a device enrolled. */
const SIGNED_IN = /visavis(-inmate|-terminal)?=[^;]/

const names = Object.keys(routes) as RouteName[]
const of = (name: RouteName): Route => routes[name]
const changing = names.filter((name) => of(name).method !== 'GET')

/** The answer while no entry can be written, and the tables that it changed. */
async function withoutAudit(name: RouteName) {
  const { world } = given
  const send = await given.prepared(name, await cookieFor(of(name)))
  await breakAuditLog(world.db)
  try {
    const before = await tableSums(world.db)
    const answer = await send()
    const changed = changedTables(before, await tableSums(world.db))
    return { answer, changed: changed.filter((table) => !COUNTED.includes(table)) }
  } finally {
    await mendAuditLog(world.db)
  }
}

describe('[TR-1] with the audit log made to fail', () => {
  it.each(changing.filter((name) => !(name in UNNOTED)))(
    '%s is refused, and nothing has changed',
    async (name) => {
      const { answer, changed } = await withoutAudit(name)
      expect(answer.json(), answer.body).toMatchObject({ status: 500, code: 'INTERNAL' })
      expect(String(answer.headers['set-cookie'])).not.toMatch(SIGNED_IN)
      expect(changed).toEqual([])
    },
  )

  it.each(Object.entries(UNNOTED))(
    '%s notes nothing, and changes no more than its reason says',
    async (name, exempt) => {
      const { answer, changed } = await withoutAudit(name as RouteName)
      expect(answer.statusCode, answer.body).toBe(200)
      expect(changed.filter((table) => !exempt.changes?.includes(table))).toEqual([])
      expect(exempt.reason.length).toBeGreaterThan(20)
    },
  )

  it.each(SENSITIVE_READS)('%s shows nothing', async (name) => {
    const { answer, changed } = await withoutAudit(name)
    expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL' })
    expect(changed).toEqual([])
  })
})
