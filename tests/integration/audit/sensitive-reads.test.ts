import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import type { RouteName } from '../rest/samples/all.ts'
import { breakAuditLog, mendAuditLog } from '../rest/support/audit-log.ts'
import { accountCookie, inmateCookie } from '../rest/support/callers.ts'
import { aRouteWorld } from '../rest/support/route-caller.ts'
import type { RouteWorld } from '../rest/support/route-caller.ts'
import { NOTED_READS } from './support/noted-reads.ts'

let given: RouteWorld
beforeAll(async () => {
  given = await aRouteWorld()
})
afterAll(() => given.world.close())

const of = (name: RouteName): Route => routes[name]
const reads = (Object.keys(routes) as RouteName[]).filter((name) => of(name).method === 'GET')

async function cookieFor({ access }: Route): Promise<string> {
  const { world, place } = given
  const { device, inmateId, terminalId, visitId } = place
  switch (access.kind) {
    case 'public':
      return ''
    case 'terminal':
      return device
    case 'inmate':
      return inmateCookie(world, { device, inmateId, terminalId, visitId })
    case 'account':
      return accountCookie(world, place.accounts[access.roles[0] ?? 'visitor'])
  }
}

describe('[TR-1] every read', () => {
  it.each(reads)(
    '%s: is entered if it is in the list, and then shows nothing without',
    async (name) => {
      const { world, prepared } = given
      const send = await prepared(name, await cookieFor(of(name)))
      const before = await world.db.auditEntry.count()
      const answer = await send()
      expect(answer.statusCode, answer.body).toBeLessThan(300)
      const isNoted = (await world.db.auditEntry.count()) > before
      expect(isNoted).toBe(NOTED_READS.includes(name))
      if (!isNoted) return
      const again = await prepared(name, await cookieFor(of(name)))
      await breakAuditLog(world.db)
      try {
        expect((await again()).json()).toMatchObject({ status: 500, code: 'INTERNAL' })
      } finally {
        await mendAuditLog(world.db)
      }
    },
  )
})
