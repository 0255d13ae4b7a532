import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import type { RouteName } from '../rest/samples/all.ts'
import { EXPECTED } from './expected.ts'
import { outcomeFor } from './expected-row.ts'
import { EVERYBODY, anAccessWorld } from './support/asking.ts'
import type { AccessWorld, Relation } from './support/asking.ts'
import type { Caller } from './support/callers.ts'

type Cell = {
  readonly caller: Caller
  readonly relation: Relation
  readonly expected: string
  readonly got: string
}

const names = Object.keys(routes) as RouteName[]
/** No more than the server has connections to its database. */
const SIDE_BY_SIDE = 6
const counts = { cells: 0, allowed: 0, refusedAtTheDoor: 0, refused: 0, unexpected: 0 }

let given: AccessWorld
beforeAll(async () => {
  given = await anAccessWorld()
})
afterAll(async () => {
  console.info(`access matrix: ${names.length} routes, ${JSON.stringify(counts)}`)
  await given.world.close()
})

/** What somebody is told at the door of a route that is not for them. */
function doorRefusal(name: RouteName, caller: Caller): string {
  const { who } = EXPECTED[name]
  if (who.includes('terminal')) return 'TERMINAL_NOT_ENROLLED'
  const isForAccounts = who.some((each) => each !== 'inmate')
  const hasNoAccount = ['inmate', 'terminal', 'nobody'].includes(caller)
  return isForAccounts && !hasNoAccount ? 'FORBIDDEN' : 'NOT_SIGNED_IN'
}

/** What a route for everybody never says; a recovery that is over says that nobody is signed in. */
const DOOR_REFUSALS = ['FORBIDDEN', 'TERMINAL_NOT_ENROLLED', 'INTERNAL']

/** Who is not let in; of a route for everybody, whoever is not the first to ask. */
async function inPassing(name: RouteName, { caller, relation }: Who): Promise<Cell> {
  const { code } = await given.inPassing(name, caller, relation)
  if (!EXPECTED[name].who.includes(caller)) {
    counts.refusedAtTheDoor += 1
    return { caller, relation, expected: doorRefusal(name, caller), got: code }
  }
  const got = DOOR_REFUSALS.includes(code) ? code : 'OK'
  return { caller, relation, expected: 'OK', got }
}

async function letIn(name: RouteName, { caller, relation }: Who): Promise<Cell> {
  if (relation === 'own') {
    const { code } = await given.asOwner(name, caller, relation)
    return { caller, relation, expected: 'OK', got: code }
  }
  const outcome = outcomeFor(EXPECTED[name][relation], caller)
  const isOwn = outcome === 'OWN' || outcome === 'ABOUT_SELF'
  const { code, body } = await (isOwn ? given.asOwner : given.asStranger)(name, caller, relation)
  const isTold = given.ids[relation].some((id) => body.includes(id))
  if (outcome === 'SAME') return { caller, relation, expected: 'OK', got: code }
  const got = isTold ? `${code}, with ids of others` : code
  const isAnyState = outcome === 'ABOUT_SELF' && !isTold && code !== 'INTERNAL'
  return { caller, relation, expected: isOwn ? 'OK' : outcome, got: isAnyState ? 'OK' : got }
}

type Who = Pick<Cell, 'caller' | 'relation'>

const isForEverybody = (name: RouteName) => EXPECTED[name].who.includes('nobody')

/** Whether a cell uses something up, or asks whose it is. */
function isLetIn(name: RouteName, { caller, relation }: Who): boolean {
  if (isForEverybody(name)) return caller === 'nobody' && relation === 'own'
  return EXPECTED[name].who.includes(caller)
}

function judge(name: RouteName, cells: readonly Cell[]): void {
  const wrong = cells.filter(({ expected, got }) => expected !== got)
  counts.cells += cells.length
  counts.allowed += cells.filter(({ got }) => got === 'OK').length
  counts.refused += cells.filter(({ got }) => got !== 'OK').length
  counts.unexpected += wrong.length
  expect(asTable(wrong), name).toEqual([])
}

const asTable = (cells: readonly Cell[]): string[] =>
  cells.map(
    ({ caller, relation, expected, got }) =>
      `${caller.padEnd(13)} × ${relation.padEnd(9)} expected ${expected}, got ${got}`,
  )

describe('[TR-4] every route × every caller × own, another facility’s, other people’s', () => {
  // First, while nobody has changed anything about a sign-in.
  it.each(names)('%s: who is not let in', async (name) => {
    const out = EVERYBODY.filter((who) => !isLetIn(name, who))
    const cells: Cell[] = []
    for (let at = 0; at < out.length; at += SIDE_BY_SIDE) {
      const some = out.slice(at, at + SIDE_BY_SIDE).map((who) => inPassing(name, who))
      cells.push(...(await Promise.all(some)))
    }
    judge(name, cells)
  })

  it.each(names)('%s: who is', async (name) => {
    const cells: Cell[] = []
    // One after the other: they use up what they ask for.
    for (const who of EVERYBODY.filter((each) => isLetIn(name, each))) {
      cells.push(await letIn(name, who))
    }
    judge(name, cells)
  })

  it('is every cell', () => {
    expect(counts.cells).toBe(names.length * EVERYBODY.length)
    expect(counts.unexpected).toBe(0)
  })
})

describe('[EL-2] what is not there and what is another facility’s', () => {
  const of = (name: RouteName): Route => routes[name]
  const asked = names.filter((name) => /:\w*Id\b/.test(of(name).path))
  it.each(asked)('are one answer: %s', async (name) => {
    const { who, elsewhere } = EXPECTED[name]
    const cells: Cell[] = []
    for (const caller of who) {
      const outcome = outcomeFor(elsewhere, caller)
      if (['OWN', 'SAME', 'ABOUT_SELF'].includes(outcome)) continue
      const { code } = await given.ofNothing(name, caller)
      cells.push({ caller, relation: 'own', expected: outcome, got: code })
    }
    expect(asTable(cells.filter(({ expected, got }) => expected !== got))).toEqual([])
  })
})

/** Browsers' own reports, and the description of the interface: for everybody, and of nobody. */
const OF_NOBODY = /^(POST \/api\/browser-reports|GET \/api\/docs(\/.*)?)$/

describe('[TR-4] the list of routes', () => {
  it('is all that the server answers to under /api, each with its row', () => {
    const isOurs = ({ url, method }: { url: string; method: string }) =>
      url.startsWith('/api/') && method !== 'HEAD' && method !== 'OPTIONS'
    const registered = given.world.app.registered.filter(isOurs)
    const known = new Set(names.map((name) => `${routes[name].method} ${routes[name].path}`))
    const listed = registered.map(({ method, url }) => `${method} ${url}`)
    const unlisted = listed.filter((each) => !known.has(each) && !OF_NOBODY.test(each))
    expect(unlisted).toEqual([])
    expect(names.filter((name) => !(name in EXPECTED))).toEqual([])
  })

  it('refuses before it looks at the body', async () => {
    const url = `/api/recordings/${given.places.own.visitId}/plays`
    const payload = { nonsense: true }
    const answer = await given.world.app.inject({ method: 'POST', url, payload })
    expect(answer.json()).toMatchObject({ code: 'NOT_SIGNED_IN' })
  })
})
