import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import { allSamples } from '../../rest/samples/all.ts'
import type { RouteName } from '../../rest/samples/all.ts'
import type { Sample } from '../../rest/samples/sample.ts'
import { aPlace } from '../../rest/support/people-and-places.ts'
import type { Place } from '../../rest/support/people-and-places.ts'
import { aRecordedVisit } from '../../rest/support/recorded-visit.ts'
import { aRestWorld } from '../../rest/support/rest-world.ts'
import { CALLERS, cookieOf, otherPeopleOf } from './callers.ts'
import type { Caller } from './callers.ts'

/** Whose the thing is that is asked for: the caller's, another facility's, or a colleague's or neighbour's. */
export const RELATIONS = ['own', 'elsewhere', 'another'] as const
export type Relation = (typeof RELATIONS)[number]

/** What a request was answered with. */
export type Answer = { readonly code: string; readonly body: string }

/**
 * What is asked for belongs to the people of one place; callers come from there (`own`), from a place of another
 * operator (`elsewhere`), or are other people of the first (`another`).
 */
export async function anAccessWorld() {
  const world = await aRestWorld()
  const place = await aPlace(world)
  const recorded = await aRecordedVisit(world, place)
  const places: Record<Relation, Place> = {
    own: place,
    elsewhere: await aPlace(world),
    another: await otherPeopleOf(world, place),
  }
  const samples = allSamples({ world: () => world, place: () => place, recorded: () => recorded })
  const ids = {
    elsewhere: idsOf(place, ['facilityId', 'inmateId', 'terminalId', 'visitId', 'visitorId']),
    another: idsOf(place, ['inmateId', 'visitId', 'visitorId']),
  }
  return { ...askingOf({ world, places, samples }), ids, world, places }
}

export type AccessWorld = Awaited<ReturnType<typeof anAccessWorld>>

function idsOf(place: Place, names: readonly (keyof Place & `${string}Id`)[]): string[] {
  return names.map((name) => place[name])
}

type Parts = {
  readonly world: Awaited<ReturnType<typeof aRestWorld>>
  readonly places: Record<Relation, Place>
  readonly samples: ReturnType<typeof allSamples>
}

function askingOf({ world, places, samples }: Parts) {
  const send = sending({ world, places })
  const kept = keptSamples(samples)
  // Of their own: what was kept for those who are refused may be used up by now.
  const read = keptSamples(samples)
  const cookies = keptCookies({ world, places })
  const aSample = async (name: RouteName, cookie: string): Promise<Sample> => {
    // Who reads uses nothing up.
    const made = await (routes[name].method === 'GET' ? read(name) : samples[name]())
    return { ...made, ...(await made.prepare?.(cookie)) }
  }
  return {
    /** The request of somebody for whom its sample may be used up already: they are refused, or it is for everybody. */
    inPassing: async (name: RouteName, caller: Caller, relation: Relation): Promise<Answer> => {
      // A sign-in, for one, ends whatever the browser had.
      const isForAll = routes[name].access.kind === 'public'
      const fresh = () => cookieOf(world, places[relation], caller)
      const cookie = await (isForAll ? fresh() : cookies(caller, relation))
      return send(name, await kept(name), { cookie, relation })
    },
    /** The request of somebody about what is their own; it uses its sample up. */
    asOwner: async (name: RouteName, caller: Caller, relation: Relation): Promise<Answer> => {
      const cookie = await cookieOf(world, places[relation], caller)
      return send(name, await aSample(name, cookie), { cookie, relation })
    },
    /** The request of somebody about what belongs to the same caller of the first place. */
    asStranger: async (name: RouteName, caller: Caller, relation: Relation): Promise<Answer> => {
      const sample = await aSample(name, await cookieOf(world, places.own, caller))
      const cookie = await cookieOf(world, places[relation], caller)
      return send(name, sample, { cookie, relation })
    },
    /** The same about something that is nowhere. */
    ofNothing: async (name: RouteName, caller: Caller): Promise<Answer> => {
      const { params = {}, ...sample } = await kept(name)
      const cookie = await cookieOf(world, places.own, caller)
      return send(name, { ...sample, params: asUnknown(params) }, { cookie, relation: 'own' })
    },
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

function asUnknown(params: Record<string, string>): Record<string, string> {
  const entries = Object.entries(params)
  return Object.fromEntries(
    entries.map(([key, value]) => [key, UUID.test(value) ? crypto.randomUUID() : value]),
  )
}

function sending({ world, places }: Pick<Parts, 'world' | 'places'>) {
  let addresses = 0
  return async (
    name: RouteName,
    sample: Sample,
    { cookie, relation }: { cookie: string; relation: Relation },
  ): Promise<Answer> => {
    const route: Route = routes[name]
    const { params = {}, query = {}, payload, headers = {}, device } = sample
    addresses += 1
    const own = places[relation].device
    const answer = await world.app.inject({
      method: route.method,
      url: route.path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? ''),
      query,
      headers: {
        cookie: device === undefined || relation !== 'own' ? cookie : cookie.replace(own, device),
        'idempotency-key': crypto.randomUUID(),
        ...headers,
      },
      // Each from its own address: this is about who asks, not how often.
      remoteAddress: `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`,
      ...(payload === undefined ? {} : { payload }),
    })
    const { statusCode, body } = answer
    const isFine = statusCode === 200 || statusCode === 206
    return { code: isFine ? 'OK' : codeIn(body, statusCode), body }
  }
}

function codeIn(body: string, statusCode: number): string {
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === 'string' ? code : String(statusCode)
  } catch {
    return String(statusCode)
  }
}

function keptSamples(samples: Parts['samples']) {
  const kept = new Map<RouteName, Promise<Sample>>()
  return (name: RouteName): Promise<Sample> => {
    const sample = kept.get(name) ?? samples[name]()
    kept.set(name, sample)
    return sample
  }
}

function keptCookies({ world, places }: Pick<Parts, 'world' | 'places'>) {
  const kept = new Map<string, Promise<string>>()
  return (caller: Caller, relation: Relation): Promise<string> => {
    const key = `${caller} ${relation}`
    const cookie = kept.get(key) ?? cookieOf(world, places[relation], caller)
    kept.set(key, cookie)
    return cookie
  }
}

/** Every caller in every relation. */
export const EVERYBODY = RELATIONS.flatMap((relation) =>
  CALLERS.map((caller) => ({ caller, relation })),
)
