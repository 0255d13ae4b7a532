import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { ROLES } from '@visavis/contract/http'
import type { Role } from '@visavis/contract/http'
import { allSamples } from '../integration/rest/samples/all.ts'
import type { RouteName } from '../integration/rest/samples/all.ts'
import type { Sample } from '../integration/rest/samples/sample.ts'
import { accountCookie, inmateCookie } from '../integration/rest/support/callers.ts'
import { aPlace } from '../integration/rest/support/people-and-places.ts'
import { aRecordedVisit } from '../integration/rest/support/recorded-visit.ts'
import { aRestWorld } from '../integration/rest/support/rest-world.ts'
import { hintsOf, idsOf } from './known-ids.ts'
import type { Hints } from './zod-arbitrary.ts'

/** Whoever sends requests. */
export type Caller = Role | 'roomDevice' | 'inmate' | 'terminal' | 'nobody'
export const CALLERS: readonly Caller[] = [...ROLES, 'roomDevice', 'inmate', 'terminal', 'nobody']

/** A server with people of every role, and what is known of its database. */
export type HttpWorld = {
  readonly app: FastifyInstance
  readonly hints: () => Hints
  /** The `Cookie` header of a caller who is signed in. */
  readonly cookieOf: (caller: Caller) => string
  /** A request that would succeed for whoever may make it. */
  readonly sampleOf: (name: RouteName, cookie: string) => Promise<Sample>
  /** Everybody anew: what the requests before have signed out, disabled, moved or ended matters no more. */
  readonly renew: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function anHttpWorld(): Promise<HttpWorld> {
  const world = await aRestWorld()
  const clients = await someClients()
  const app = await world.another({}, { clients })
  const settle = async () => {
    const place = await aPlace(world)
    const recorded = await aRecordedVisit(world, place)
    return {
      place,
      recorded,
      cookies: await cookiesOf(world, place),
      hints: hintsOf(await idsOf(world.db)),
    }
  }
  let now = await settle()
  const samples = allSamples({
    world: () => world,
    place: () => now.place,
    recorded: () => now.recorded,
  })
  return {
    app,
    hints: () => now.hints,
    cookieOf: (caller) => now.cookies.get(caller) ?? '',
    sampleOf: async (name, cookie) => {
      const sample = await samples[name]()
      return { ...sample, ...(await sample.prepare?.(cookie)) }
    },
    renew: async () => {
      now = await settle()
    },
    close: async () => {
      await world.close()
      await rm(clients.folder, { recursive: true })
    },
  }
}

type RestWorld = Awaited<ReturnType<typeof aRestWorld>>
type Place = Awaited<ReturnType<typeof aPlace>>

async function cookiesOf(world: RestWorld, place: Place): Promise<Map<Caller, string>> {
  const { accounts, device, inmateId, terminalId, visitId } = place
  const cookies = new Map<Caller, string>([
    ['roomDevice', await accountCookie(world, accounts.visitor, visitId)],
    ['inmate', await inmateCookie(world, { device, inmateId, terminalId, visitId })],
    ['terminal', device],
  ])
  for (const role of ROLES) cookies.set(role, await accountCookie(world, accounts[role]))
  return cookies
}

/** Pages to be found by whoever leaves the API. */
async function someClients() {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-fuzz-'))
  const clients = { folder, web: join(folder, 'web'), kiosk: join(folder, 'kiosk') }
  for (const path of [clients.web, clients.kiosk]) {
    await mkdir(path)
    await writeFile(join(path, 'index.html'), '<title>page</title>')
  }
  return clients
}
