import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import { OUTCOMES } from '@visavis/contract/visit'
import { createModel } from './waiting-fixture.ts'
import type { Model, ModelEntry } from './waiting-fixture.ts'

/** Sequences of commands; more of them by `MODEL_RUNS`, for a night. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 10_000)
const MINUTE_MS = 60_000
/** Up to the whole of a visit, and nearly half of it. */
const DELIVERED_STEP_MS = 2.8 * MINUTE_MS
const INMATES = 4
const CAPACITIES = [1, 2, 2]
const HOURS = [0, 0, 1]
const STARTS_AT_MS = 600 * MINUTE_MS

const COMMANDS = [
  'hold',
  'confirm',
  'giveUp',
  'join',
  'leave',
  'offer',
  'wait',
  'settle',
  'renew',
] as const
/** One command; what its numbers mean is the command's. */
const commands = fc.array(
  fc.record({ name: fc.constantFrom(...COMMANDS), a: fc.nat(11), b: fc.nat(23) }),
  { minLength: 5, maxLength: 40 },
)
type Command = { readonly name: (typeof COMMANDS)[number]; readonly a: number; readonly b: number }

const aModel = (visits: number, maxSavedVisits: number) =>
  createModel({
    capacities: CAPACITIES,
    inmates: INMATES,
    allowance: { visits, maxSavedVisits },
    holdMs: 10 * MINUTE_MS,
    offerMs: 15 * MINUTE_MS,
    freeCancelMs: 480 * MINUTE_MS,
    lengthMs: 30 * MINUTE_MS,
    startsAtMs: HOURS.map((hour) => STARTS_AT_MS + hour * 60 * MINUTE_MS),
  })

/** Offers in the order in which they were made, beside what the model knows. */
type Told = { readonly offered: Map<string, number> }

type Step = { readonly model: Model; readonly a: number; readonly b: number; readonly told: Told }

const inmateOf = ({ a }: Step): number => a % INMATES
const slotOf = ({ b }: Step): number => b % CAPACITIES.length
const visitOf = ({ model, a }: Step): number => a % Math.max(1, model.state.visits.length)
const entryOf = ({ model, b }: Step): number => b % Math.max(1, model.state.entries.length)
const outcomeOf = ({ b }: Step) => OUTCOMES[b % OUTCOMES.length] ?? 'COMPLETED'

const steps: Record<Command['name'], (step: Step) => unknown> = {
  hold: (step) => step.model.hold(inmateOf(step), slotOf(step)),
  confirm: (step) => step.model.confirm(visitOf(step)),
  giveUp: (step) => step.model.giveUp(visitOf(step)),
  join: (step) => step.model.join(inmateOf(step), slotOf(step)),
  leave: (step) => step.model.leave(`waiting-${entryOf(step)}`),
  offer: (step) => offer(step.model, slotOf(step), step.told),
  wait: ({ model, b }) => model.wait(b * MINUTE_MS),
  settle: (step) => step.model.settle(visitOf(step), outcomeOf(step), step.a * DELIVERED_STEP_MS),
  renew: ({ model }) => model.renew(),
}

/** BK-10: down the line, each once, and no more than there are places. */
function offer(model: Model, slot: number, { offered }: Told): void {
  const before = new Map(model.state.entries.map((entry) => [entry.waitingId, entry]))
  const free = freeIn(model, slot)
  const whom = model.offer(slot)
  expect(whom.length).toBeLessThanOrEqual(free)
  const made = model.state.entries.filter(
    ({ waitingId, state }) => state === 'OFFERED' && before.get(waitingId)?.state === 'WAITING',
  )
  expect(made.map(({ inmate }) => inmate)).toEqual(whom)
  for (const { waitingId } of made) offered.set(waitingId, (offered.get(waitingId) ?? 0) + 1)
  const last = made.at(-1)
  const isAhead = (entry: ModelEntry) =>
    last !== undefined && entry.slot === slot && entry.number < last.number
  // Nobody who still waits was overtaken.
  expect(
    model.state.entries.filter((entry) => isAhead(entry) && entry.state === 'WAITING'),
  ).toEqual([])
}

const freeIn = ({ state }: Model, slot: number): number =>
  (CAPACITIES[slot] ?? 0) -
  state.visits.filter((visit) => visit.slot === slot && isLiveBooking(visit.state)).length

function checkPlaces({ state }: Model): void {
  const live = state.visits.filter((visit) => isLiveBooking(visit.state))
  const places = live.map(({ slot, place }) => `${slot}/${place}`)
  expect(new Set(places).size, 'a place is with two').toBe(places.length)
  for (const { slot, place } of live) expect(place).toBeLessThanOrEqual(CAPACITIES[slot] ?? 0)
  const people = live.map(({ inmate, slot }) => `${inmate}/${HOURS[slot] ?? 0}`)
  expect(new Set(people).size, 'somebody is in two at once').toBe(people.length)
}

function checkLedgers(model: Model): void {
  for (let inmate = 0; inmate < INMATES; inmate += 1) {
    const { visits, creditMs } = model.account(inmate)
    expect(visits, 'quota overdrawn').toBeGreaterThanOrEqual(0)
    expect(creditMs, 'credit overdrawn').toBeGreaterThanOrEqual(0)
  }
  const { lines, visits } = model.state
  for (const { visitId, state } of visits) {
    const own = lines.filter((line) => line.visitId === visitId)
    const kinds = own.map(({ kind }) => kind).filter((kind) => kind !== 'GRANT')
    expect([[], ['USE'], ['USE', 'REFUND']]).toContainEqual(kinds)
    const [use, refund] = own.filter(({ kind }) => kind !== 'GRANT')
    if (use && refund) expect(use.amount + refund.amount).toBe(0)
    if (isLiveBooking(state)) expect(kinds).toEqual(state === 'CONFIRMED' ? ['USE'] : [])
  }
}

function checkLine({ state }: Model, { offered }: Told): void {
  for (const [waitingId, times] of offered) expect(times, `${waitingId} offered twice`).toBe(1)
  for (const { state: is, visitId } of state.entries) {
    const booking = visitId === null ? null : state.visits[visitId]?.state
    if (is === 'OFFERED') expect(booking).toBe('HELD')
    if (is === 'WAITING') expect(booking).toBeNull()
    if (is === 'TAKEN') expect(['CONFIRMED', 'CANCELLED', 'FULFILLED']).toContain(booking)
    if (is === 'LEFT') expect([null, 'EXPIRED']).toContain(booking)
  }
}

it(`[BK-9] [BK-10] [LV-7] ${RUNS} sequences of bookings, offers and outcomes break nothing`, () => {
  const worlds = fc.record({ visits: fc.integer({ min: 0, max: 3 }), saved: fc.nat(4), commands })
  const property = fc.property(worlds, (given) => {
    const model = aModel(given.visits, given.saved)
    const told: Told = { offered: new Map() }
    for (const command of given.commands) {
      steps[command.name]({ model, told, ...command })
      checkPlaces(model)
      checkLedgers(model)
      checkLine(model, told)
    }
  })
  const result = fc.check(property, { numRuns: RUNS })
  console.info(`waiting model: ${result.numRuns} sequences, seed ${result.seed}`)
  if (result.failed) throw new Error(fc.defaultReportMessage(result) ?? 'failed')
}, 120_000)
