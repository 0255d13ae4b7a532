import fc from 'fast-check'
import { BOOKING_MOVES } from '@visavis/contract/booking-lifecycle'
import type { BookingEvent, BookingState } from '@visavis/contract/booking-lifecycle'
import { MINUTE_MS } from './booking-world.ts'
import type { Answer } from './booking-world.ts'

export const FAMILIES = 3
const SLOTS = 3
export const HOLD_MS = 10 * MINUTE_MS
export const FREE_VISITS = 4

/** A booking, as it should be. */
export type Known = {
  readonly visitId: string
  readonly family: number
  readonly slot: number
  state: BookingState
  version: number
  expiresAt: number
  isExtended: boolean
}
/** What should be: the state machine, who has what, and what is left of each quota. */
export type Model = { now: number; readonly bookings: Known[]; readonly quota: number[] }
/** The places that overlap in time: slots 0 and 1 do, and share two terminals. */
const CROSSING = [[0, 1], [0, 1], [2]] as const
export const CAPACITY = [1, 2, 2] as const
export const TERMINALS = 2

/** Something that a family, or time, does. */
export type Step =
  | { readonly kind: 'hold'; readonly family: number; readonly slot: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'confirm' | 'release' | 'cancel' | 'extend' | 'expire'; readonly at: number }
  | { readonly kind: 'rebook'; readonly at: number; readonly slot: number }

const at = fc.nat({ max: 20 })
const slot = fc.nat({ max: SLOTS - 1 })
export const steps: fc.Arbitrary<Step[]> = fc.array(
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

export const isLive = ({ state }: Known): boolean =>
  state === 'HELD' || state === 'REQUESTED' || state === 'CONFIRMED'

/** BK-2: what is over by the clock stands in nobody's way, whether it was cleared away or not. */
function blocking(model: Model): Known[] {
  return model.bookings.filter(
    (one) => isLive(one) && !(one.state === 'HELD' && one.expiresAt <= model.now),
  )
}

// eslint-disable-next-line max-params -- who, where, and what does not count.
export function canHold(model: Model, family: number, slotAt: number, except?: Known): boolean {
  const others = blocking(model).filter((one) => one !== except)
  const crossing = others.filter((one) =>
    (CROSSING[slotAt] ?? []).some((other) => other === one.slot),
  )
  const inSlot = others.filter((one) => one.slot === slotAt)
  const isFree = crossing.every((one) => one.family !== family)
  return isFree && inSlot.length < (CAPACITY[slotAt] ?? 0) && crossing.length < TERMINALS
}

export function moved(booking: Known, event: BookingEvent): void {
  const to = BOOKING_MOVES[booking.state][event]
  if (to === undefined) throw new Error(`the model allowed ${event} of ${booking.state}`)
  booking.state = to
  booking.version += 1
}

export function add(
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
