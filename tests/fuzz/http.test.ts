import { setImmediate as breathe } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quantile, readable } from '../support/statistics.ts'
import { anySeed, seeded } from '../support/seeded.ts'
import { Findings } from './findings.ts'
import { faultsOf } from './http-judge.ts'
import { HttpRequests } from './http-requests.ts'
import type { FuzzRequest } from './http-requests.ts'
import { anHttpWorld } from './http-world.ts'
import type { HttpWorld } from './http-world.ts'
import { held, hearUncaught } from './process-watch.ts'
import type { Held } from './process-watch.ts'

/** `FUZZ=100000` is the long form, `SEED=…` repeats a run. */
const REQUESTS = Number(process.env['FUZZ'] ?? '2000')
const SEED = Number(process.env['SEED'] ?? anySeed())
/** At the same time, so that they also meet each other. */
const AT_ONCE = 8
/** After so many, people and things are made anew. */
const ROUND = 500
const MOST_MS_EACH = 200
/** What caches and pools may still fill up by after the first round. */
const MORE_HEAP_MB = 48
const MORE_HANDLES = 40

let world: HttpWorld
beforeAll(async () => {
  world = await anHttpWorld()
})
afterAll(() => world.close())

const seen = {
  findings: new Findings(),
  statuses: new Map<number, number>(),
  accepted: new Map<string, number>(),
  tookMs: [] as number[],
}
let addresses = 0

async function send(request: FuzzRequest): Promise<void> {
  addresses += 1
  const { method, url, headers, payload, name } = request
  const startedMs = performance.now()
  const answer: LightMyRequestResponse | Error = await world.app
    .inject({
      ...{ method: method as 'GET', url, headers },
      // Each from its own address: limits of tries are tested elsewhere.
      remoteAddress: `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`,
      ...(payload === undefined ? {} : { payload }),
    })
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
  seen.tookMs.push(performance.now() - startedMs)
  const input = payload === undefined ? request : { ...request, payload: String(payload) }
  if (answer instanceof Error) {
    seen.findings.add(name, `was not answered: ${answer.message}`, input)
    return
  }
  count(seen.statuses, answer.statusCode)
  if (answer.statusCode === 200 && request.kind !== 'raw') count(seen.accepted, name)
  for (const fault of faultsOf(request, answer)) seen.findings.add(name, fault, input)
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function progress(sent: number, now: Held): void {
  const figures = { fuzz: 'http', seed: SEED, sent, of: REQUESTS, ...now }
  const p99Ms = readable(quantile(seen.tookMs, 0.99))
  const statuses = Object.fromEntries([...seen.statuses].toSorted(([a], [b]) => a - b))
  console.info(JSON.stringify({ ...figures, p99Ms, routesAccepted: seen.accepted.size, statuses }))
}

/** What the process holds after each round; ends early when the run is called off. */
async function fuzz(signal: AbortSignal): Promise<Held[]> {
  const requests = new HttpRequests(world, seeded(SEED))
  const rounds: Held[] = []
  for (let sent = 0; sent < REQUESTS && !signal.aborted; sent += AT_ONCE) {
    if (sent > 0 && sent % ROUND < AT_ONCE) {
      await world.renew()
      requests.forget()
      rounds.push(held())
      progress(sent, held())
    }
    const batch: FuzzRequest[] = []
    for (let at = 0; at < AT_ONCE; at += 1) batch.push(await requests.next())
    await Promise.all(batch.map(send))
    await breathe()
  }
  return [...rounds, held()]
}

describe('[TR-4] requests made from the contract, and from everything but', () => {
  it(
    `${REQUESTS} of them (seed ${SEED}) never break the server, and each answer fits the contract`,
    { timeout: 120_000 + REQUESTS * MOST_MS_EACH },
    async ({ signal }) => {
      const uncaught = hearUncaught()
      const rounds = await fuzz(signal)
      uncaught.stop()
      const [first, last] = [rounds.at(0), rounds.at(-1)]
      if (last) progress(seen.tookMs.length, last)
      expect(seen.findings.lines()).toEqual([])
      expect(uncaught.errors).toEqual([])
      expect(last?.heapMb).toBeLessThan((first?.heapMb ?? 0) + MORE_HEAP_MB)
      expect(last?.handles).toBeLessThan((first?.handles ?? 0) + MORE_HANDLES)
    },
  )

  it('lives on: who signs in, or asks for nothing special, is answered', async () => {
    await world.renew()
    const headers = { cookie: world.cookieOf('visitor') }
    expect((await world.app.inject({ url: '/api/me', headers })).statusCode).toBe(200)
    expect((await world.app.inject({ url: '/healthz' })).json()).toEqual({ ok: true })
  })
})
