import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '@visavis/contract/command'
import type { CommandList } from '@visavis/contract/command'
import { PREFLIGHT_NAMESPACE, preflightCommands } from '@visavis/contract/preflight-socket'
import { VISIT_NAMESPACE, visitCommands } from '@visavis/contract/visit-socket'
import { WALL_NAMESPACE, wallCommands } from '@visavis/contract/wall-socket'
import { LibraryCensus } from '../../support/library-census.ts'
import { aLiveWorld } from '../live/support/live-world.ts'
import type { LiveWorld } from '../live/support/live-world.ts'
import { connect } from '../live/support/socket-client.ts'
import type { SocketClient } from '../live/support/socket-client.ts'
import { EXPECTED_SOCKETS, LET_IN } from './expected.ts'
import { CALLERS } from './support/callers.ts'
import type { Caller } from './support/callers.ts'
import { RELATIONS } from './support/asking.ts'
import type { Relation } from './support/asking.ts'
import { aSocketScene } from './support/socket-scene.ts'
import type { SocketScene } from './support/socket-scene.ts'
import { SOCKET_SAMPLES } from './support/socket-samples.ts'
import type { Things } from './support/socket-samples.ts'

type Name = keyof typeof LET_IN
const NAMESPACES: Readonly<Record<Name, { readonly at: string; readonly commands: CommandList }>> =
  {
    visit: { at: VISIT_NAMESPACE, commands: visitCommands },
    wall: { at: WALL_NAMESPACE, commands: wallCommands },
    preflight: { at: PREFLIGHT_NAMESPACE, commands: preflightCommands },
  }
const NAMES = ['visit', 'wall', 'preflight'] as const

/** Answers that say: not you, not this. */
const ACCESS_REFUSALS: ReadonlySet<string> = new Set([
  ...['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'FORBIDDEN', 'STEP_UP_REQUIRED'],
  ...['VISIT_NOT_FOUND', 'TERMINAL_NOT_ENROLLED', 'OUTSIDE_VISIT_WINDOW', 'NOT_JOINED'],
  ...['INTERNAL', 'BAD_REQUEST', 'TOO_MANY_REQUESTS', 'lost'],
])

const counts = { cells: 0, allowed: 0, refusedAtTheDoor: 0, refused: 0, unexpected: 0 }
/** Some two hundred people are made, which a busy machine takes its time for. */
const SCENE_MS = 600_000

// The library tells of workers that are made from here on.
const census = new LibraryCensus()
let world: LiveWorld
let scene: SocketScene

beforeAll(async () => {
  world = await aLiveWorld()
  scene = await aSocketScene(world, census)
}, SCENE_MS)
afterAll(async () => {
  console.info(`socket access matrix: ${JSON.stringify(counts)}`)
  scene.close()
  await world.close()
  census.close()
})

type Client = SocketClient<CommandList>

function connectAs(name: Name, caller: Caller, relation: Relation): Promise<Client> {
  const { at: namespace, commands } = NAMESPACES[name]
  const isInmate = caller === 'inmate' || caller === 'terminal'
  const device = name === 'preflight' && caller === 'terminal' ? 'terminal' : 'inmate'
  const signInAs = isInmate ? device : 'account'
  const own = name === 'wall' ? {} : { signInAs }
  return connect(world, {
    ...{ namespace, commands, cookie: scene.cookieOf(caller, relation) },
    auth: { protocolVersion: PROTOCOL_VERSION, ...own },
  })
}

/** The code at the door; OK: let in. */
async function doorOf(name: Name, caller: Caller, relation: Relation): Promise<string> {
  const client = await connectAs(name, caller, relation).catch(
    (error: unknown) => (error as Error).message,
  )
  if (typeof client === 'string') return client
  client.close()
  return 'OK'
}

function expectedAtDoor(name: Name, caller: Caller): string {
  if (LET_IN[name].includes(caller)) return 'OK'
  return ['inmate', 'terminal', 'nobody'].includes(caller) ? 'NOT_SIGNED_IN' : 'FORBIDDEN'
}

describe('[TR-4] the door of every namespace × every caller × every relation', () => {
  it.each(NAMES)('%s', async (name) => {
    const wrong: string[] = []
    for (const caller of CALLERS) {
      for (const relation of RELATIONS) {
        const got = await doorOf(name, caller, relation)
        const expected = expectedAtDoor(name, caller)
        if (got !== expected) wrong.push(`${caller} × ${relation}: ${expected}, got ${got}`)
        if (expected === 'OK') continue
        const cells = Object.keys(NAMESPACES[name].commands).length
        counts.cells += cells
        counts.refusedAtTheDoor += cells
      }
    }
    expect(wrong).toEqual([])
  })
})

/** Somebody connected as a page would be: in their own seat, at their own wall. */
async function settled(name: Name, caller: Caller, relation: Relation): Promise<Client> {
  const client = await connectAs(name, caller, relation)
  const { facilityId, visitId } = scene.own(caller, relation)
  if (name === 'visit') await client.call('join', { visitId, holdingEpoch: null })
  if (name === 'wall') await client.call('open', { facilityId })
  if (name === 'preflight') {
    await client.call('open', {})
    await client.call('openLink', SOCKET_SAMPLES.preflight.openLink({} as Things))
  }
  return client
}

async function ask(client: Client, key: string, payload: object): Promise<string> {
  const reply = await client.ask(key, payload as never).catch(() => ({ ok: false, code: 'lost' }))
  if ('code' in reply) return reply.code
  const { refused } = (reply as { data: { refused?: { code: string }[] } }).data
  return refused !== undefined && refused.length > 0 ? 'REFUSED' : 'OK'
}

function isAsExpected(expected: string, got: string): boolean {
  if (expected === 'OWN' || expected === 'SAME') return !ACCESS_REFUSALS.has(got)
  return expected.split(' or ').includes(got)
}

async function cell(
  name: Name,
  key: string,
  who: { caller: Caller; relation: Relation; things: Things },
): Promise<string | null> {
  const { caller, relation, things } = who
  const rows: Readonly<Record<string, { elsewhere: string; another: string }>> =
    EXPECTED_SOCKETS[name]
  const samples: Readonly<Record<string, (things: Things) => object>> = SOCKET_SAMPLES[name]
  const expected = relation === 'own' ? 'SAME' : (rows[key]?.[relation] ?? 'unlisted')
  const client = await settled(name, caller, relation)
  const got = await ask(client, key, samples[key]?.(things) ?? {})
  client.close()
  counts.cells += 1
  if (ACCESS_REFUSALS.has(got) || expected.split(' or ').includes(got)) counts.refused += 1
  else counts.allowed += 1
  if (isAsExpected(expected, got)) return null
  counts.unexpected += 1
  return `${caller} × ${relation} × ${key}: expected ${expected}, got ${got}`
}

/** After these there is little left to reach for. */
const LAST = ['refuseSeat', 'removeSeat', 'leave', 'end', 'endVisit']

function inOrder(keys: readonly string[]): string[] {
  return [...keys.filter((key) => !LAST.includes(key)), ...LAST.filter((key) => keys.includes(key))]
}

describe('[TR-4] a still picture', () => {
  it('of another facility’s visit is as little there as one of no visit', async () => {
    const { visitId, seatId } = scene.things('officer', 'elsewhere')
    const cookie = scene.cookieOf('officer', 'elsewhere')
    const still = async (visit: string) => {
      const url = `${world.origin()}/api/wall/stills/${visit}/${seatId}`
      const answer = await fetch(url, { headers: { cookie } })
      return ((await answer.json()) as { code: string }).code
    }
    expect(await still(visitId)).toBe('VISIT_NOT_FOUND')
    expect(await still(crypto.randomUUID())).toBe('VISIT_NOT_FOUND')
  })
})

const CASES = NAMES.flatMap((name) =>
  (['elsewhere', 'another', 'own'] as const).map((relation) => ({ name, relation })),
)

describe('[TR-4] every command × everybody who is let in', () => {
  it.each(CASES)('$name, $relation', async ({ name, relation }) => {
    const before = await scene.standing()
    const wrong: (string | null)[] = []
    for (const caller of LET_IN[name]) {
      const things = scene.things(caller, relation)
      for (const key of inOrder(Object.keys(NAMESPACES[name].commands))) {
        wrong.push(await cell(name, key, { caller, relation, things }))
      }
    }
    expect(wrong.filter((each) => each !== null)).toEqual([])
    if (relation === 'elsewhere') expect(await scene.standing()).toEqual(before)
  })
})
