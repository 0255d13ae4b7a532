import type { TaskKind } from '../../generated/client/enums.ts'
import type { GivenVisit } from '../builders/visits.ts'
import type { Pair } from './book-if-free.ts'

/** A booked visit that something has happened to, so that the desk has to decide. */
export type DemoDeskVisit = {
  readonly key: string
  readonly pair: Pair
  /** Some days ahead: what can be booked first stays free for whoever tries the demo. */
  readonly daysAhead: number
  /** Local time, `HH:mm`. */
  readonly at: string
  readonly terminal: string
  readonly row?: Pick<GivenVisit, 'bookingState' | 'bookingMode' | 'stateReason'>
  readonly task: { readonly kind: TaskKind; readonly suggestion?: string }
  /** What is closed then, and was not when the visit was booked. */
  readonly closes?: 'TERMINAL' | 'WING'
}

/** One visit for each kind of task that is about a visit. */
export const DEMO_DESK_VISITS: readonly DemoDeskVisit[] = [
  {
    key: 'asked',
    pair: { visitor: 'aliya', inmate: 'timur' },
    daysAhead: 3,
    at: '10:00',
    terminal: 'Terminal 3',
    row: { bookingState: 'REQUESTED', bookingMode: 'APPROVAL' },
    task: { kind: 'DECIDE_BOOKING' },
  },
  {
    key: 'restricted',
    pair: { visitor: 'larisa', inmate: 'rustam' },
    daysAhead: 4,
    at: '13:30',
    terminal: 'Terminal 2',
    task: { kind: 'RESTRICTION_HITS_VISIT', suggestion: 'CANCEL' },
  },
  {
    key: 'broken',
    pair: { visitor: 'aliya', inmate: 'timur' },
    daysAhead: 5,
    at: '11:00',
    terminal: 'Terminal 3',
    task: { kind: 'TERMINAL_OUT_OF_ORDER', suggestion: 'REBOOK' },
    closes: 'TERMINAL',
  },
  {
    key: 'transferred',
    pair: { visitor: 'tamara', inmate: 'anton' },
    daysAhead: 5,
    at: '14:30',
    terminal: 'Terminal 2',
    task: { kind: 'INMATE_TRANSFERRED', suggestion: 'REBOOK' },
  },
  {
    key: 'closed',
    pair: { visitor: 'larisa', inmate: 'rustam' },
    daysAhead: 6,
    at: '10:00',
    terminal: 'Terminal 3',
    task: { kind: 'REBOOK_VISIT', suggestion: 'REBOOK' },
    closes: 'WING',
  },
]

/** A confirmation that came back: whose, and of which visit. */
export const DEMO_LOST_NOTICE = {
  visitor: 'larisa',
  visit: 'restricted',
  kind: 'BOOKING_CONFIRMED',
  address: 'larisa.karimova@example.org',
  language: 'ru',
  state: 'BOUNCED',
  failure: '550 no such mailbox',
} as const
