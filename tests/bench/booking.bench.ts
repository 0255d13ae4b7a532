import { randomBytes } from 'node:crypto'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { panic } from '@visavis/contract/errors'
import { newId, newToken, tokenHash } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import * as seed from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { freePorts } from '../support/ports.ts'
import { cpuMsOf } from '../support/process-cpu.ts'
import { quantile, readable } from '../support/statistics.ts'
import type { BookingFigures, BookingOrder } from './booking-messages.ts'
import { aSigningKey } from '../support/signing-key.ts'
import { startChild } from './child.ts'
import type { BenchChild } from './child.ts'

/**
 * BK-4: everybody wants one of a hundred places at the same moment. A real server over HTTP on a database
 * of its own, the clients in another process. See docs/benchmarks.md.
 */

const SERVER = join(import.meta.dirname, '../../server/src/main.ts')
const GENERATOR = join(import.meta.dirname, 'booking-load.ts')
const SIZES = ['64', '200']
const SLOTS = 10
const PLACES_A_SLOT = 10
const FAMILIES = 1_000
/** On other slots: a server that has just been started compiles while it answers. */
const WARM_UP_ATTEMPTS = 2_000
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

const { values } = parseArgs({
  options: {
    attempts: { type: 'string', default: '10000' },
    clients: { type: 'string', multiple: true, default: SIZES },
  },
})
const attempts = Number(values.attempts)
const sizes = values.clients.map(Number)
const [loadBefore = 0] = loadavg()

type Measured = {
  readonly booked: number
  readonly overlaps: number
  readonly deadlocks: number
  readonly serverErrors: number
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number }
}

const runs: Measured[] = []
for (const clients of sizes) {
  const run = await measure(clients)
  runs.push(run)
  console.log(`${clients} clients: ${JSON.stringify(run)}`)
}
console.log(JSON.stringify(worstOf(runs)))

async function measure(clients: number): Promise<Measured> {
  const database = await createTestDatabase()
  const children: BenchChild[] = []
  try {
    const warmUp = await insertPrison(database.db)
    const wanted = await insertPrison(database.db)
    await database.db.$executeRaw`ANALYZE`
    const { server, origin } = await startServer(database.url)
    const generator = startChild(GENERATOR)
    children.push(server, generator)
    await load(generator, { ...warmUp, origin, clients, attempts: WARM_UP_ATTEMPTS })
    const pids = async () => ({
      server: [server.pid],
      clients: [generator.pid],
      database: await backends(database.db),
    })
    const before = await cpuMs(await pids())
    const startedAt = performance.now()
    const figures = await load(generator, { ...wanted, origin, clients, attempts })
    const seconds = (performance.now() - startedAt) / 1_000
    const requests = figures.latenciesMs.length
    console.log(
      `${clients} clients: ${readable(requests / seconds)} requests/s,`,
      JSON.stringify(figures.refused),
    )
    const after = await cpuMs(await pids())
    for (const [who, spentMs] of Object.entries(spent(before, after))) {
      console.log(
        `${clients} clients: ${readable(spentMs / requests)} ms of processor a request: ${who}`,
      )
    }
    for (const [answer, latencies] of Object.entries(figures.byAnswer)) {
      const [half, most, all] = [0.5, 0.99, 1].map((share) => readable(quantile(latencies, share)))
      console.log(`${clients} clients: ${answer}: p50 ${half} ms, p99 ${most} ms, max ${all} ms`)
    }
    return await measured(database.db, figures, wanted.slotIds)
  } finally {
    await Promise.all(children.map((child) => child.close()))
    await database.drop()
  }
}

async function load(generator: BenchChild, order: BookingOrder): Promise<BookingFigures> {
  generator.send(order)
  return generator.answer<BookingFigures>()
}

/** The server's connections, which stay open while it runs. */
async function backends(db: Database): Promise<number[]> {
  const rows = await db.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
  return rows.map(({ pid }) => pid)
}

type CpuMs = Readonly<Record<string, ReadonlyMap<number, number>>>

/** Of each process in each group; on a busy machine this says more than how long people waited. */
async function cpuMs(groups: Readonly<Record<string, readonly number[]>>): Promise<CpuMs> {
  const read = Object.entries(groups).map(async ([who, pids]) => {
    const each = pids.map(async (pid) => [pid, await cpuMsOf(pid).catch(() => 0)] as const)
    return [who, new Map(await Promise.all(each))] as const
  })
  return Object.fromEntries(await Promise.all(read))
}

/** By those processes of each group that are there at the end. */
function spent(before: CpuMs, after: CpuMs): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([who, each]) => {
      const ofGroup = [...each].map(([pid, ms]) => ms - (before[who]?.get(pid) ?? 0))
      return [who, ofGroup.reduce((sum, ms) => sum + ms, 0)]
    }),
  )
}

async function startServer(databaseUrl: string) {
  const port = await freePorts(3)
  const origin = `http://127.0.0.1:${port}`
  const server = startChild(SERVER, {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    PUBLIC_ORIGIN: origin,
    CONTROL_SECRET: randomBytes(32).toString('hex'),
    GRANT_SECRET: randomBytes(32).toString('hex'),
    DOCUMENT_KEY: randomBytes(32).toString('hex'),
    CERTIFICATE_KEY: aSigningKey(),
    // Nobody is there: booking needs neither.
    MEDIA_NODES: `http://127.0.0.1:${port + 1}`,
    RECORDERS: `http://127.0.0.1:${port + 2}`,
    LOG_LEVEL: 'error',
    NODE_ENV: 'test',
  })
  const ended = server.answer().catch(() => panic('the server ended'))
  while (!(await isUp(origin))) await Promise.race([ended, pause(100)])
  return { server, origin }
}

async function isUp(origin: string): Promise<boolean> {
  return fetch(`${origin}/api/me`).then(
    ({ status }) => status === 401,
    () => false,
  )
}

/** A facility with ten slots of ten places, and a thousand families who may all come. */
async function insertPrison(db: Database): Promise<Pick<BookingOrder, 'families' | 'slotIds'>> {
  const { facility } = await seed.insertSmallWorld(db)
  const { facilityId } = facility
  const things = Array.from({ length: PLACES_A_SLOT }, (_, index) => index + 2)
  await db.terminal.createMany({
    data: things.map((at) => seed.aTerminal({ facilityId, name: `T${at}` })),
  })
  await db.monitorSeat.createMany({
    data: things.map((number) => seed.aMonitorSeat({ facilityId, number })),
  })
  const { templateId } = await seed.insertTemplate(db, { facilityId, capacity: PLACES_A_SLOT })
  const first = Math.ceil((Date.now() + 4 * DAY_MS) / HOUR_MS) * HOUR_MS
  const slots = Array.from({ length: SLOTS }, (_, hour) =>
    seed.aSlot({
      facilityId,
      templateId,
      startsAt: new Date(first + hour * HOUR_MS),
      capacity: PLACES_A_SLOT,
    }),
  )
  await db.slot.createMany({ data: slots })
  return {
    families: await insertFamilies(db, facilityId),
    slotIds: slots.map((slot) => slot.slotId),
  }
}

async function insertFamilies(db: Database, facilityId: string): Promise<BookingOrder['families']> {
  const families = Array.from({ length: FAMILIES }, () => {
    const inmate = seed.anInmate({ facilityId, inmateNumber: newId() })
    const visitor = seed.aVisitor()
    const { visitorId } = visitor
    const login = `${newId()}@example.org`
    const account = seed.anAccount({ role: 'visitor', visitorId, login })
    return { inmate, visitor, account, token: newToken() }
  })
  await db.inmate.createMany({ data: families.map(({ inmate }) => inmate) })
  await db.visitor.createMany({ data: families.map(({ visitor }) => visitor) })
  await db.relationship.createMany({
    data: families.map(({ inmate: { inmateId }, visitor: { visitorId } }) =>
      seed.aRelationship({ inmateId, visitorId }),
    ),
  })
  await db.account.createMany({ data: families.map(({ account }) => account) })
  const now = new Date()
  const times = { createdAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + HOUR_MS) }
  await db.authSession.createMany({
    data: families.map(({ account: { accountId }, token }) => ({
      authSessionId: newId(),
      tokenHash: tokenHash(token),
      accountId,
      ...times,
    })),
  })
  return families.map(({ inmate: { inmateId }, visitor: { visitorId }, token }) => {
    return { cookie: `visavis=${token}`, inmateId, visitorId }
  })
}

async function measured(
  db: Database,
  { serverErrors, latenciesMs, booked }: BookingFigures,
  slotIds: readonly string[],
): Promise<Measured> {
  const stored = await db.visit.count({
    where: { slotId: { in: [...slotIds] }, bookingState: 'CONFIRMED' },
  })
  if (stored !== booked) console.log(`acknowledged ${booked}, stored ${stored}`)
  const [found] = await db.$queryRaw<{ overlaps: number; deadlocks: number }[]>`
    SELECT (SELECT count(*)::int FROM resource_claim a JOIN resource_claim b
        ON a.kind = b.kind AND a.resource_id = b.resource_id AND a.claim_id < b.claim_id
        AND a.during && b.during
        WHERE a.state IN ('HELD', 'BOOKED') AND b.state IN ('HELD', 'BOOKED')) AS overlaps,
      (SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()) AS deadlocks`
  const at = (share: number) => readable(quantile(latenciesMs, share))
  return {
    booked: stored,
    overlaps: found?.overlaps ?? -1,
    deadlocks: found?.deadlocks ?? -1,
    serverErrors,
    latencyMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
  }
}

/** Of all sizes the worst of each figure; of bookings the one that is farthest from the places. */
function worstOf(all: readonly Measured[]) {
  const most = (pick: (run: Measured) => number) => Math.max(...all.map(pick))
  const places = SLOTS * PLACES_A_SLOT
  const farthest = all.toSorted((a, b) => Math.abs(b.booked - places) - Math.abs(a.booked - places))
  return {
    bench: 'booking',
    booked: farthest[0]?.booked ?? 0,
    overlaps: most(({ overlaps }) => overlaps),
    deadlocks: most(({ deadlocks }) => deadlocks),
    serverErrors: most(({ serverErrors }) => serverErrors),
    latencyMs: {
      p99: most(({ latencyMs }) => latencyMs.p99),
      max: most(({ latencyMs }) => latencyMs.max),
    },
    clients: sizes,
    attempts,
    loadBefore: readable(loadBefore),
  }
}
