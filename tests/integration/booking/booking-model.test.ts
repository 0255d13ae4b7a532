import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BOOKING_MOVES } from '@visavis/contract/booking-lifecycle'
import type { BookingEvent, BookingState } from '@visavis/contract/booking-lifecycle'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import {
  MINUTE_MS,
  NOTHING_BROKEN,
  aFamily,
  aPrison,
  aSlotAt,
  brokenInvariants,
  callerOf,
  holdFor,
} from './booking-world.ts'
import type { Answer, Caller, Family } from './booking-world.ts'

/** Sequences against the real database; `MODEL_RUNS` for more of them. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 60)
const FAMILIES = 3
const SLOTS = 3
const HOLD_MS = 10 * MINUTE_MS
const FREE_VISITS = 4

type Known = {
  readonly visitId: string
  readonly family: number
  readonly slot: number
  state: BookingState
  version: number
  expiresAt: number
  isExtended: boolean
}
/** What should be: the state machine, who has what, and what is left of each quota. */
type Model = { now: number; readonly bookings: Known[]; readonly quota: number[] }
/** The places that overlap in time: slots 0 and 1 do, and share two terminals. */
const CROSSING = [[0, 1], [0, 1], [2]] as const
const CAPACITY = [1, 2, 2] as const
const TERMINALS = 2

type Real = {
  readonly families: readonly Family[]
  readonly slotIds: readonly string[]
}
type Step =
  | { readonly kind: 'hold'; readonly family: number; readonly slot: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'confirm' | 'release' | 'cancel' | 'extend' | 'expire'; readonly at: number }
  | { readonly kind: 'rebook'; readonly at: number; readonly slot: number }

const at = fc.nat({ max: 20 })
const slot = fc.nat({ max: SLOTS - 1 })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('hold' as const),
        family: fc.nat({ max: FAMILIES - 1 }),
        slot,
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('confirm' as const), at }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'release' as const,
          'cancel' as const,
          'extend' as const,
          'expire' as const,
        ),
        at,
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('rebook' as const), at, slot }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(4, 11) }),
    },
  ),
  { minLength: 4, maxLength: 14 },
)

let world: RestWorld
beforeAll(async () => {
  world = await aRestWorld()
})
afterAll(() => world.close())

it('[BK-1] [BK-2] [BK-3] [BK-9] whatever is done in whatever order, the model and the database agree', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const real = await aReal()
      const model: Model = {
        now: 0,
        bookings: [],
        quota: Array.from({ length: FAMILIES }, () => FREE_VISITS),
      }
      for (const step of sequence) await run(step, model, real)
      await agree(model)
    }),
    { numRuns: RUNS, endOnFailure: false },
  )
  expect(await brokenInvariants(world)).toEqual(NOTHING_BROKEN)
})

async function aReal(): Promise<Real> {
  const prison = await aPrison(world, {
    terminals: TERMINALS,
    // No period ends within a sequence, wherever the clock is by then.
    policy: { quota: { visits: FREE_VISITS, period: 'YEAR' } },
  })
  const families = await Promise.all(Array.from({ length: FAMILIES }, () => aFamily(world, prison)))
  const first = await aSlotAt(world, prison, { capacity: CAPACITY[0] })
  const startsAt = new Date(first.startsAt.getTime() + 10 * MINUTE_MS)
  const second = await aSlotAt(world, prison, { capacity: CAPACITY[1], startsAt })
  const third = await aSlotAt(world, prison, { capacity: CAPACITY[2], hours: 3 })
  return {
    families,
    slotIds: [first, second, third].map(({ slotId }) => slotId),
  }
}

/** Signed in anew each time: the clock of a sequence outlives a sign-in. */
function callerAs({ families }: Real, family: number): Promise<Caller> {
  return callerOf(world, families[family]?.accountId ?? '')
}

const isLive = ({ state }: Known): boolean =>
  state === 'HELD' || state === 'REQUESTED' || state === 'CONFIRMED'

/** BK-2: what is over by the clock stands in nobody's way, whether it was cleared away or not. */
function blocking(model: Model): Known[] {
  return model.bookings.filter(
    (one) => isLive(one) && !(one.state === 'HELD' && one.expiresAt <= model.now),
  )
}

// eslint-disable-next-line max-params -- who, where, and what does not count.
function canHold(model: Model, family: number, slotAt: number, except?: Known): boolean {
  const others = blocking(model).filter((one) => one !== except)
  const crossing = others.filter((one) =>
    (CROSSING[slotAt] ?? []).some((other) => other === one.slot),
  )
  const inSlot = others.filter((one) => one.slot === slotAt)
  const isFree = crossing.every((one) => one.family !== family)
  return isFree && inSlot.length < (CAPACITY[slotAt] ?? 0) && crossing.length < TERMINALS
}

function moved(booking: Known, event: BookingEvent): void {
  const to = BOOKING_MOVES[booking.state][event]
  if (to === undefined) throw new Error(`the model allowed ${event} of ${booking.state}`)
  booking.state = to
  booking.version += 1
}

// eslint-disable-next-line complexity -- one case for each command.
async function run(step: Step, model: Model, real: Real): Promise<void> {
  if (step.kind === 'wait') {
    world.clock.advance(step.minutes * MINUTE_MS)
    model.now += step.minutes * MINUTE_MS
    return
  }
  if (step.kind === 'hold') return hold(step, model, real)
  const booking = model.bookings[step.at % Math.max(model.bookings.length, 1)]
  if (booking === undefined) return
  const caller = await callerAs(real, booking.family)
  const isHeld = booking.state === 'HELD' && booking.expiresAt > model.now
  const path = (name: string) => `/api/bookings/${booking.visitId}/${name}`
  switch (step.kind) {
    case 'confirm': {
      const isAllowed = isHeld && (model.quota[booking.family] ?? 0) > 0
      expectAs(isAllowed, await caller.post(path('confirmation')))
      if (!isAllowed) return
      moved(booking, 'confirm')
      model.quota[booking.family] = (model.quota[booking.family] ?? 0) - 1
      return
    }
    case 'release': {
      expectAs(isHeld, await caller.post(path('release')))
      if (isHeld) moved(booking, 'expire')
      return
    }
    case 'extend': {
      const isAllowed = isHeld && !booking.isExtended
      expectAs(isAllowed, await caller.post(path('extension')))
      if (!isAllowed) return
      booking.isExtended = true
      booking.expiresAt += HOLD_MS
      booking.version += 1
      return
    }
    case 'cancel': {
      const isAllowed = booking.state === 'CONFIRMED'
      const payload = { reason: 'ILLNESS', version: await versionOf(booking) }
      expectAs(isAllowed, await caller.post(path('cancellation'), payload))
      if (!isAllowed) return
      moved(booking, 'cancel')
      model.quota[booking.family] = (model.quota[booking.family] ?? 0) + 1
      return
    }
    case 'expire': {
      // The clock's own job, whenever it comes: here in the middle of everything.
      await settleExpired(model)
      return
    }
    case 'rebook': {
      return rebook({ booking, slotAt: step.slot }, model, real)
    }
  }
}

async function hold(step: Step & { kind: 'hold' }, model: Model, real: Real): Promise<void> {
  const caller = await callerAs(real, step.family)
  const family = real.families[step.family]
  const slotId = real.slotIds[step.slot]
  if (!family || slotId === undefined) return
  // Eligibility refuses a hold that could not be confirmed: no visit is left.
  const isAllowed = canHold(model, step.family, step.slot) && (model.quota[step.family] ?? 0) > 0
  const answer = await holdFor(caller, family, slotId)
  expectAs(isAllowed, answer)
  if (isAllowed) add(model, { answer, family: step.family, slot: step.slot, state: 'HELD' })
}

async function rebook(
  { booking, slotAt }: { booking: Known; slotAt: number },
  model: Model,
  real: Real,
): Promise<void> {
  const caller = await callerAs(real, booking.family)
  const slotId = real.slotIds[slotAt]
  if (slotId === undefined) return
  const made = model.bookings.some(
    (one) => rebookings.get(one.visitId) === booking.visitId && isLive(one),
  )
  const isOpen = booking.state === 'CONFIRMED' || booking.state === 'CANCELLED'
  const quota = (model.quota[booking.family] ?? 0) + (booking.state === 'CONFIRMED' ? 1 : 0)
  const isAllowed = isOpen && !made && quota > 0 && canHold(model, booking.family, slotAt, booking)
  const answer = await caller.post(`/api/bookings/${booking.visitId}/rebooking`, { slotId })
  expectAs(isAllowed, answer)
  if (!isAllowed) return
  if (booking.state === 'CONFIRMED') moved(booking, 'cancel')
  model.quota[booking.family] = quota - 1
  rebookings.set(answer.body.visitId, booking.visitId)
  add(model, { answer, family: booking.family, slot: slotAt, state: 'CONFIRMED' })
}

const rebookings = new Map<string, string>()

function add(
  model: Model,
  {
    answer,
    family,
    slot: slotAt,
    state,
  }: { answer: Answer; family: number; slot: number; state: BookingState },
): void {
  const { visitId, version } = answer.body
  const expiresAt = model.now + HOLD_MS
  model.bookings.push({
    visitId,
    family,
    slot: slotAt,
    state,
    version,
    expiresAt,
    isExtended: false,
  })
}

function expectAs(isAllowed: boolean, { status, body }: Answer): void {
  expect(status === 200, JSON.stringify(body).slice(0, 300)).toBe(isAllowed)
  expect(status).toBeLessThan(500)
}

async function versionOf({ visitId }: Known): Promise<number> {
  const { version } = await world.db.visit.findUniqueOrThrow({ where: { visitId } })
  return version
}

async function settleExpired(model: Model): Promise<void> {
  await world.jobs.runNow('holds.expire')
  for (const one of model.bookings) {
    if (one.state === 'HELD' && one.expiresAt <= model.now) moved(one, 'expire')
  }
}

/** Every booking is in the model's state, and every quota has the model's balance. */
async function agree(model: Model): Promise<void> {
  await settleExpired(model)
  for (const { visitId, state, family } of model.bookings) {
    const row = await world.db.visit.findUniqueOrThrow({ where: { visitId } })
    expect([visitId, row.bookingState]).toEqual([visitId, state])
    const sum = await world.db.quotaEntry.aggregate({
      where: { inmateId: row.inmateId },
      _sum: { units: true },
    })
    if (sum._sum.units !== null) expect(sum._sum.units).toBe(model.quota[family])
  }
}
