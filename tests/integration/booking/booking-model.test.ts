import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'
import {
  CAPACITY,
  FAMILIES,
  FREE_VISITS,
  HOLD_MS,
  TERMINALS,
  add,
  canHold,
  isLive,
  moved,
  steps,
} from './booking-model.ts'
import type { Known, Model, Step } from './booking-model.ts'
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

type Real = {
  readonly families: readonly Family[]
  readonly slotIds: readonly string[]
}
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
