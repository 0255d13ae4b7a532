import type { NoticeKind } from '@visavis/contract/http'

/** Said of a visit that takes place: worth nothing as soon as it does not, or not then. */
const OF_A_COMING_VISIT: ReadonlySet<string> = new Set<NoticeKind>([
  'BOOKING_CONFIRMED',
  'BOOKING_REQUESTED',
  'REMINDER_24H',
  'REMINDER_1H',
  'REMINDER_10M',
  'WAITING_OFFER',
  'RING',
])
/** Worth nothing once the visit has begun. */
const ONLY_BEFORE: ReadonlySet<string> = new Set<NoticeKind>([
  'REMINDER_24H',
  'REMINDER_1H',
  'REMINDER_10M',
  'WAITING_OFFER',
])
/** What brings the entry of a calendar, and what takes it away again. */
const CALENDAR: Readonly<Partial<Record<NoticeKind, 'REQUEST' | 'CANCEL'>>> = {
  BOOKING_CONFIRMED: 'REQUEST',
  BOOKING_MOVED: 'REQUEST',
  BOOKING_REBOOKED: 'REQUEST',
  BOOKING_CANCELLED: 'CANCEL',
  BOOKING_SUSPENDED: 'CANCEL',
}
/** Kinds whose details open something: wiped when they are told. */
const WITH_SECRET: ReadonlySet<string> = new Set<NoticeKind>(['REGISTRATION_LINK'])

/** Kinds that are not told any more once the visit is cancelled or at another time. */
export const VOID_WITH_THE_VISIT: readonly string[] = [...OF_A_COMING_VISIT]
export const calendarMethodOf = (kind: NoticeKind): 'REQUEST' | 'CANCEL' | null =>
  CALENDAR[kind] ?? null
export const hasSecret = (kind: NoticeKind): boolean => WITH_SECRET.has(kind)

/** A visit as it is when something about it is about to be told; null: there is none any more. */
export type VisitNow = { readonly bookingState: string; readonly startsAt: Date } | null

/** Whether telling it now would be wrong: the visit begins then no more, or has begun. */
export function isStale(
  { kind, startsAt }: { readonly kind: NoticeKind; readonly startsAt: Date | null },
  visit: VisitNow,
  now: Date,
): boolean {
  if (startsAt === null) return false
  // It rings as long as the hold lasts; afterwards there is nothing to answer.
  if (kind === 'RING') return visit?.bookingState !== 'HELD'
  if (ONLY_BEFORE.has(kind) && now >= startsAt) return true
  if (!kind.startsWith('REMINDER_')) return false
  const isAsTold = visit?.startsAt.getTime() === startsAt.getTime()
  return !isAsTold || visit.bookingState !== 'CONFIRMED'
}

/** How a try ended, as a port reports it; `failure` is a code, never an address. */
export type Delivery =
  | { readonly kind: 'SENT' }
  /** The other end refused it for good. */
  | { readonly kind: 'BOUNCED'; readonly failure: string }
  /** Not now; worth another try. */
  | { readonly kind: 'DEFERRED'; readonly failure: string }

/** Tries, 15 minutes apart in the end: about three hours, longer than most mail servers are away. */
const MAX_ATTEMPTS = 20

/** What the row becomes after a try; QUEUED: it is tried again. */
export function stateAfter(
  delivery: Delivery,
  attempts: number,
): 'SENT' | 'BOUNCED' | 'FAILED' | 'QUEUED' {
  if (delivery.kind !== 'DEFERRED') return delivery.kind
  return attempts >= MAX_ATTEMPTS ? 'FAILED' : 'QUEUED'
}
