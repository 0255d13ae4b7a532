import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, routes } from '@visavis/contract/http'
import type { Role, Route } from '@visavis/contract/http'
import type { RouteName } from './samples/all.ts'
import { accountCookie, inmateCookie } from './support/callers.ts'
import { aRouteWorld } from './support/route-caller.ts'
import type { RouteWorld } from './support/route-caller.ts'

type Caller = Role | 'roomDevice' | 'inmate' | 'terminal' | 'nobody'

const CALLERS: readonly Caller[] = [...ROLES, 'roomDevice', 'inmate', 'terminal', 'nobody']
const REFUSED_AT_THE_DOOR = ['NOT_SIGNED_IN', 'FORBIDDEN', 'TERMINAL_NOT_ENROLLED']

let given: RouteWorld
beforeAll(async () => {
  given = await aRouteWorld()
})
afterAll(() => given.world.close())

async function cookieOfCaller(caller: Caller): Promise<string> {
  const { world, place } = given
  const { device, inmateId, terminalId, visitId } = place
  if (caller === 'nobody') return ''
  if (caller === 'terminal') return device
  if (caller === 'inmate') return inmateCookie(world, { device, inmateId, terminalId, visitId })
  if (caller === 'roomDevice') return accountCookie(world, place.accounts.visitor, visitId)
  return accountCookie(world, place.accounts[caller])
}

/** The answer that a route's access promises to a caller; null: let in. */
function expectedRefusal(route: Route, caller: Caller): string | null {
  const isOnTerminal = caller === 'terminal' || caller === 'inmate'
  switch (route.access.kind) {
    case 'public':
      return null
    case 'terminal':
      return isOnTerminal ? null : 'TERMINAL_NOT_ENROLLED'
    case 'inmate':
      return caller === 'inmate' ? null : 'NOT_SIGNED_IN'
    case 'account':
      return isOnTerminal || caller === 'nobody' ? 'NOT_SIGNED_IN' : byRole(route, caller)
  }
}

function byRole({ access, isForRoomDevice }: Route, caller: Role | 'roomDevice'): string | null {
  if (caller === 'roomDevice') return isForRoomDevice ? null : 'FORBIDDEN'
  const isIn = access.kind === 'account' && access.roles.includes(caller)
  return isIn ? null : 'FORBIDDEN'
}

const cells = (Object.keys(routes) as RouteName[]).flatMap((name) =>
  CALLERS.map((caller) => ({
    name,
    caller,
    refusal: expectedRefusal(routes[name], caller),
  })),
)

describe('[TR-4] every route × every role', () => {
  it.each(cells)('$name by $caller: $refusal', async ({ name, caller, refusal }) => {
    const answer = await given.request(name, await cookieOfCaller(caller), refusal === null)
    if (refusal !== null) {
      expect(answer.json()).toMatchObject({ code: refusal })
      return
    }
    expect(answer.statusCode, answer.body).toBe(200)
  })

  it('refuses before it looks at the body', async () => {
    const payload = { nonsense: true }
    const url = `/api/recordings/${given.recorded.visitId}/plays`
    const answer = await given.world.app.inject({ method: 'POST', url, payload })
    expect(REFUSED_AT_THE_DOOR).toContain(answer.json<{ code: string }>().code)
  })
})
