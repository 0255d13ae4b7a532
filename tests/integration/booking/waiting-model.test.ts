import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Refusal } from '@visavis/contract/errors'
import { createModel } from '../../../server/src/modules/booking/waiting-fixture.ts'
import type { Model } from '../../../server/src/modules/booking/waiting-fixture.ts'
import type { HoldAsk } from '../../../server/src/modules/booking/index.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, aWaitingWorld } from './waiting-world.ts'
import type { Pair, WaitingWorld } from './waiting-world.ts'

/** Sequences against the real database; each is compared with the model step by step. */
const RUNS = Number(process.env['DATABASE_MODEL_RUNS'] ?? 75)
const INMATES = 3
const CAPACITIES = [1, 2, 1]
const HOURS = [0, 0, 1]
const QUOTA = { visits: 2, period: 'YEAR' } as const
/** Twenty minutes into a sequence, an hour later for the last slot: some cancel in time, others too late. */
const FREE_CANCEL_MS = 3 * DAY_MS - 20 * MINUTE_MS

const COMMANDS = ['hold', 'confirm', 'giveUp', 'join', 'leave', 'offer', 'wait'] as const
type Command = { readonly name: (typeof COMMANDS)[number]; readonly a: number; readonly b: number }
const commands = fc.array(
  fc.record({ name: fc.constantFrom(...COMMANDS), a: fc.nat(11), b: fc.nat(11) }),
  { minLength: 5, maxLength: 20 },
)

let world: WaitingWorld
beforeAll(async () => {
  world = await aWaitingWorld()
})
afterAll(() => world.close())

/** The model's things as the database knows them, by the model's own numbers. */
type Real = {
  readonly pairs: Pair[]
  readonly slotIds: string[]
  readonly visitIds: string[]
  readonly waitingIds: string[]
}

/** A facility of its own: nothing of another sequence is in the way. */
async function aReal(): Promise<Real> {
  const policy = { quota: QUOTA, freeCancelMs: FREE_CANCEL_MS }
  const house = await world.aHouse({ terminals: 4, policy })
  const pairs: Pair[] = []
  for (let inmate = 0; inmate < INMATES; inmate += 1) pairs.push(await house.aPair())
  const startMs = world.clock.now().getTime() + 3 * DAY_MS
  const slotIds: string[] = []
  for (const [slot, capacity] of CAPACITIES.entries()) {
    const startsAt = new Date(startMs + (HOURS[slot] ?? 0) * HOUR_MS)
    slotIds.push((await house.aSlot({ capacity, startsAt })).slotId)
  }
  return { pairs, slotIds, visitIds: [], waitingIds: [] }
}

const aModel = (): Model =>
  createModel({
    capacities: CAPACITIES,
    inmates: INMATES,
    allowance: { visits: QUOTA.visits, maxSavedVisits: 26 },
    holdMs: 10 * MINUTE_MS,
    offerMs: 15 * MINUTE_MS,
    freeCancelMs: FREE_CANCEL_MS,
    lengthMs: 30 * MINUTE_MS,
    startsAtMs: HOURS.map((hour) => 3 * DAY_MS + hour * HOUR_MS),
  })

/** Anew each time: a sequence lasts longer than a sign-in. */
const cookieOf = ({ accountId }: Pair): Promise<string> => accountCookie(world, accountId)

/** What the database's side answers: the code of a refusal, else what the model would say. */
async function codeOf(work: Promise<string>): Promise<string> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

type Step = { readonly model: Model; readonly real: Real; readonly a: number; readonly b: number }

async function hold({ model, real, a, b }: Step): Promise<void> {
  const [inmate, slot] = [a % INMATES, b % CAPACITIES.length]
  const pair = real.pairs[inmate]
  if (!pair) return
  const slotId = real.slotIds[slot] ?? ''
  const ask: HoldAsk = { by: null, ...pair.party, slotId, bookedBy: pair.accountId }
  const answer = await codeOf(
    world.booking.transactFor(ask)(async (tx) => {
      real.visitIds.push((await world.booking.hold(tx, ask)).visitId)
      return 'HELD'
    }),
  )
  expect(answer).toBe(model.hold(inmate, slot))
}

async function confirm({ model, real, a }: Step): Promise<void> {
  const index = a % Math.max(1, real.visitIds.length)
  const visitId = real.visitIds[index]
  if (visitId === undefined) return
  const one = { visitId, by: null }
  const answer = codeOf(world.transact((tx) => world.booking.confirm(tx, one)))
  expect(await answer).toBe(model.confirm(index))
}

async function giveUp({ model, real, a }: Step): Promise<void> {
  const index = a % Math.max(1, real.visitIds.length)
  const visitId = real.visitIds[index]
  if (visitId === undefined) return
  const one = { visitId, by: null, reason: 'CHANGED_MIND' as const }
  await world.transact((tx) => world.booking.cancel(tx, one))
  model.giveUp(index)
}

async function join({ model, real, a, b }: Step): Promise<void> {
  const [inmate, slot] = [a % INMATES, b % CAPACITIES.length]
  const pair = real.pairs[inmate]
  if (!pair) return
  const slotId = real.slotIds[slot] ?? ''
  const answer = await world.call(await cookieOf(pair), '/api/waiting-list', {
    ...pair.party,
    slotId,
  })
  const said = answer.json<{ waitingId?: string; code?: string }>()
  if (said.waitingId !== undefined) real.waitingIds.push(said.waitingId)
  expect(said.code ?? 'WAITING').toBe(model.join(inmate, slot))
}

async function leave({ model, real, b }: Step): Promise<void> {
  const index = b % Math.max(1, real.waitingIds.length)
  const waitingId = real.waitingIds[index]
  const entry = model.state.entries[index]
  const pair = entry && real.pairs[entry.inmate]
  if (!pair) return
  const answer = await world.call(
    await cookieOf(pair),
    `/api/waiting-list/${waitingId ?? ''}/leaving`,
    {},
  )
  const code = answer.json<{ code?: string }>().code ?? 'LEFT'
  expect(code).toBe(model.leave(`waiting-${index}`))
}

async function offer({ model, real, b }: Step): Promise<void> {
  const slot = b % CAPACITIES.length
  await world.jobs.runNow('waiting.offer', { slotId: real.slotIds[slot] })
  const known = real.visitIds.length
  model.offer(slot)
  // Offers are visits that the model has numbered: found by whom they were made to.
  for (const { visitId } of model.state.visits.slice(known)) {
    const index = model.state.entries.findIndex((entry) => entry.visitId === visitId)
    const where = { waitingId: real.waitingIds[index] ?? '' }
    const row = await world.db.waitingEntry.findUniqueOrThrow({ where })
    real.visitIds.push(row.offeredVisitId ?? 'no offer')
  }
}

async function wait({ model, b }: Step): Promise<void> {
  world.clock.advance(b * MINUTE_MS)
  await world.jobs.runNow('holds.expire')
  model.wait(b * MINUTE_MS)
}

const steps = { hold, confirm, giveUp, join, leave, offer, wait }

async function compare(model: Model, real: Real): Promise<void> {
  const where = { visitId: { in: real.visitIds } }
  const visits = await world.db.visit.findMany({ where })
  const states = new Map(visits.map((visit) => [visit.visitId, visit.bookingState]))
  expect(real.visitIds.map((visitId) => states.get(visitId))).toEqual(
    model.state.visits.map(({ state }) => state),
  )
  const entries = await world.db.waitingEntry.findMany({
    where: { waitingId: { in: real.waitingIds } },
  })
  const waiting = new Map(entries.map((entry) => [entry.waitingId, entry.state]))
  expect(real.waitingIds.map((waitingId) => waiting.get(waitingId))).toEqual(
    model.state.entries.map(({ state }) => state),
  )
  for (const [inmate, { inmateId }] of real.pairs.entries()) {
    const { left } = await world.ledger.quotaOf(world.db, inmateId)
    expect(left).toBe(model.account(inmate).visits)
  }
}

async function runAll(given: readonly Command[]): Promise<void> {
  const [model, real] = [aModel(), await aReal()]
  for (const { name, a, b } of given) await steps[name]({ model, real, a, b })
  await compare(model, real)
}

it(`[BK-9] [BK-10] ${RUNS} sequences end in the database as in the model`, async () => {
  const result = await fc.check(fc.asyncProperty(commands, runAll), { numRuns: RUNS })
  console.info(`waiting model and database: ${result.numRuns} sequences, seed ${result.seed}`)
  if (result.failed) throw new Error(fc.defaultReportMessage(result) ?? 'failed')
}, 600_000)
