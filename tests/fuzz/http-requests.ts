import fc from 'fast-check'
import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import type { RouteName } from '../integration/rest/samples/all.ts'
import type { Sample } from '../integration/rest/samples/sample.ts'
import type { Chance } from '../support/seeded.ts'
import { brokenOnce, encoded, jsonText, nasty } from './broken-json.ts'
import { CALLERS } from './http-world.ts'
import type { Caller, HttpWorld } from './http-world.ts'
import { spoiled } from './spoiled-requests.ts'
import { arbitraryOf } from './zod-arbitrary.ts'

/** One request as it is sent. */
export type FuzzRequest = {
  /** Whose cookie it has. */
  readonly caller: Caller
  /** The route that it was made from. */
  readonly name: RouteName
  /** `sample`: would succeed; `shaped`: fits the contract; `broken`: but for one field; `raw`: not even HTTP's idea of it. */
  readonly kind: 'sample' | 'shaped' | 'broken' | 'raw'
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string | Buffer
}

type Parts = {
  readonly params: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly body: unknown
}

const NAMES = Object.keys(routes) as RouteName[]
/** How many values are made of a schema at a time: making the maker is the dear part. */
const AT_A_TIME = 16

/** Makes requests of the contract, the same for the same chance and the same database. */
export class HttpRequests {
  readonly #world: HttpWorld
  readonly #chance: Chance
  readonly #made = new Map<RouteName, Parts[]>()
  #turn = 0

  constructor(world: HttpWorld, chance: Chance) {
    this.#world = world
    this.#chance = chance
  }

  /** What was made with the ids of before is not used any more. */
  forget(): void {
    this.#made.clear()
  }

  /** The next one; routes take turns, so that each is met equally often. */
  async next(): Promise<FuzzRequest> {
    const chance = this.#chance
    const name = NAMES[this.#turn % NAMES.length] ?? 'signIn'
    this.#turn += 1
    const caller = this.#callerFor(routes[name])
    const cookie = this.#world.cookieOf(caller)
    const way = chance.below(10)
    const base =
      way < 3 ? await this.#sample(name, caller, cookie) : this.#shaped(name, caller, cookie)
    if (way < 5) return this.#written(base, base.parts)
    if (way < 8) return this.#written({ ...base, kind: 'broken' }, this.#breakOne(base.parts))
    return spoiled(this.#written({ ...base, kind: 'raw' }, base.parts), chance)
  }

  /** Mostly somebody whom the route lets in: what is behind the door is the larger part. */
  #callerFor({ access }: Route): Caller {
    const chance = this.#chance
    if (chance.is(0.25)) return chance.pick(CALLERS) ?? 'nobody'
    if (access.kind === 'account') return chance.pick(access.roles) ?? 'nobody'
    if (access.kind === 'public') return chance.pick(CALLERS) ?? 'nobody'
    return access.kind
  }

  async #sample(name: RouteName, caller: Caller, cookie: string): Promise<Made> {
    const sample = await this.#world.sampleOf(name, cookie).catch(() => null)
    // What it needed has been taken away by a request before.
    if (sample === null) return this.#shaped(name, caller, cookie)
    const { params = {}, query = {}, payload, headers = {} } = sample
    const parts = { params, query, body: payload }
    return {
      kind: 'sample',
      name,
      caller,
      headers: { cookie: cookieWith(sample, cookie), ...headers },
      parts,
    }
  }

  #shaped(name: RouteName, caller: Caller, cookie: string): Made {
    const parts = this.#partsOf(name)
    return { kind: 'shaped', name, caller, headers: { cookie }, parts }
  }

  #partsOf(name: RouteName): Parts {
    const waiting = this.#made.get(name) ?? []
    const next = waiting.pop()
    if (next) return next
    const arbitrary = partsArbitrary(routes[name], this.#world)
    const some = fc.sample(arbitrary, { numRuns: AT_A_TIME, seed: this.#chance.below(2 ** 31) })
    this.#made.set(name, some)
    return some.pop() ?? { params: {}, query: {}, body: undefined }
  }

  #breakOne(parts: Parts): Parts {
    const chance = this.#chance
    const there = (['params', 'query', 'body'] as const).filter((part) => !isEmpty(parts[part]))
    const part = chance.pick(there) ?? 'query'
    if (Buffer.isBuffer(parts[part])) return { ...parts, body: cutOrFlipped(parts[part], chance) }
    const broken = brokenOnce(parts[part], chance)
    if (part === 'body') return { ...parts, body: broken }
    const isStillFields = typeof broken === 'object' && broken !== null
    return { ...parts, [part]: isStillFields ? broken : { '': nasty(chance) } }
  }

  #written({ kind, name, caller, headers }: Omit<Made, 'parts'>, parts: Parts): FuzzRequest {
    const route: Route = routes[name]
    const { body } = parts
    const made = {
      ...{ kind, name, caller, method: route.method },
      url: addressOf(route.path, parts),
      headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
    }
    if (body === undefined) return made
    if (Buffer.isBuffer(body))
      return { ...made, headers: { 'content-type': 'image/jpeg', ...made.headers }, payload: body }
    const json = { 'content-type': 'application/json', ...made.headers }
    return { ...made, headers: json, payload: jsonText(body) }
  }
}

type Made = Pick<FuzzRequest, 'kind' | 'name' | 'caller' | 'headers'> & { readonly parts: Parts }

function partsArbitrary(route: Route, world: HttpWorld): fc.Arbitrary<Parts> {
  const context = { hints: world.hints(), field: '' }
  const fields = (schema: Route['query']) =>
    schema === undefined
      ? fc.constant({})
      : arbitraryOf(schema, context).map(
          (value) => ({ ...Object(value) }) as Record<string, unknown>,
        )
  const body = route.isUpload
    ? fc.uint8Array({ maxLength: 4_000 }).map((bytes) => Buffer.from(bytes))
    : route.body && arbitraryOf(route.body, context)
  return fc.record({
    params: fields(route.params),
    query: fields(route.query),
    body: body ?? fc.constant(undefined),
  })
}

/** The terminal that the sample was made for, in place of the caller's own. */
function cookieWith({ device }: Sample, cookie: string): string {
  return device === undefined ? cookie : cookie.replace(/visavis-terminal=[\w-]+/, device)
}

function cutOrFlipped(bytes: Buffer, chance: Chance): Buffer {
  if (chance.is(0.5)) return bytes.subarray(0, chance.below(bytes.length + 1))
  const copy = Buffer.from(bytes)
  for (let at = 0; at < 8 && copy.length > 0; at += 1)
    copy[chance.below(copy.length)] = chance.below(256)
  return copy
}

function isEmpty(part: unknown): boolean {
  if (part === undefined) return true
  return typeof part === 'object' && part !== null && Object.keys(part).length === 0
}

function addressOf(path: string, { params, query }: Parts): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => encoded(params[key] ?? ''))
  const asked = Object.entries(query).map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
  return asked.length === 0 ? filled : `${filled}?${asked.join('&')}`
}
