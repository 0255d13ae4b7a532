import { routes } from '@visavis/contract/http'
import type { Route } from '@visavis/contract/http'
import { allSamples } from '../samples/all.ts'
import type { RouteName } from '../samples/all.ts'
import type { Sample } from '../samples/sample.ts'
import { aPlace } from './people-and-places.ts'
import type { Place } from './people-and-places.ts'
import { aRecordedVisit } from './recorded-visit.ts'
import { aRestWorld } from './rest-world.ts'
import type { RestWorld } from './rest-world.ts'

/** Everything that the routes' samples are about, and a way to make each route's request. */
export type RouteWorld = Awaited<ReturnType<typeof aRouteWorld>>

export async function aRouteWorld() {
  const world = await aRestWorld()
  const place = await aPlace(world)
  const recorded = await aRecordedVisit(world, place)
  const given = { world: () => world, place: () => place, recorded: () => recorded }
  const prepared = createRequest({ world, place }, allSamples(given))
  return {
    ...{ world, place, recorded, prepared },
    request: async (...asked: Parameters<typeof prepared>) => (await prepared(...asked))(),
  }
}

type Samples = ReturnType<typeof allSamples>

function createRequest({ world, place }: { world: RestWorld; place: Place }, samples: Samples) {
  const aSample = sampler(samples)
  let addresses = 0
  /** Makes all that the route's request with that cookie needs, to be sent later; `isToBeUsed`: it will be let in and uses its sample up. */
  return async (name: RouteName, cookie: string, isToBeUsed = true) => {
    const route: Route = routes[name]
    const made = await aSample(name, isToBeUsed)
    const sample = isToBeUsed ? { ...made, ...(await made.prepare?.(cookie)) } : made
    const { params = {}, query = {}, payload, headers = {}, device = place.device } = sample
    addresses += 1
    const remoteAddress = `10.0.${addresses >> 8}.${addresses & 255}`
    const send = () =>
      world.app.inject({
        method: route.method,
        url: route.path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? ''),
        query,
        headers: {
          cookie: cookie.replace(place.device, device),
          'idempotency-key': crypto.randomUUID(),
          ...headers,
        },
        // Each from its own address: this is about who asks, not how often.
        remoteAddress,
        ...(payload === undefined ? {} : { payload }),
      })
    return send
  }
}

/** What refused callers send is not used up: one of a route serves them all. */
function sampler(samples: Samples) {
  const unused = new Map<RouteName, Sample>()
  return async (name: RouteName, isToBeUsed: boolean): Promise<Sample> => {
    if (isToBeUsed) return samples[name]()
    const sample = unused.get(name) ?? (await samples[name]())
    unused.set(name, sample)
    return sample
  }
}
