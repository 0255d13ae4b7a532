import { z } from 'zod'
import { Instant, VisitId } from './ids.ts'
import { OutcomeShape } from './visit.ts'

/** What the SFU saw of a seat in a stretch of time. */
export const SEAT_FLOWS = ['OK', 'NO_TRANSPORT', 'NOT_SENDING', 'NOT_RECEIVING'] as const
export type SeatFlow = (typeof SEAT_FLOWS)[number]

/** A stretch of time in which the SFU saw one and the same (LV-5); instants in milliseconds since 1970. */
export const FlowStretch = z.object({
  fromMs: z.number().int().min(0),
  ms: z.number().int().min(0),
  /** Whether media flowed both ways. */
  isFlowing: z.boolean(),
  seats: z.record(z.uuid(), z.enum(SEAT_FLOWS)),
})
export type FlowStretch = z.output<typeof FlowStretch>

/** Why a stretch of a visit was not delivered (LV-6); each has words for people in every catalogue. */
export const GAP_CAUSES = [
  'VISITOR_ABSENT',
  'INMATE_ABSENT',
  'WAITING_FOR_CHECK',
  'VISITOR_NETWORK',
  'FACILITY_NETWORK',
  'TERMINAL',
  'PLATFORM',
  'STAFF_PAUSE',
  'ADULT_MISSING',
  'MONITOR_ABSENT',
  'VISITOR_DENIED',
  'VISITOR_ENDED',
  'INMATE_ENDED',
  'STAFF_ENDED',
] as const
export type GapCause = (typeof GAP_CAUSES)[number]

/** A stretch that was not delivered, and why. */
export const ReceiptGap = z.object({
  at: Instant,
  ms: z.number().int().min(1),
  cause: z.enum(GAP_CAUSES),
})

/** LV-6. What was booked and what was had; `deliveredMs` and all gaps add up to booked and added time. */
export const VisitReceipt = z.object({
  visitId: VisitId,
  startsAt: Instant,
  /** The booked end, with what was added. */
  endsAt: Instant,
  bookedMs: z.number().int().min(0),
  /** Added by staff. */
  extendedMs: z.number().int().min(0),
  /** Added because the facility let the visit begin late (LV-5). */
  madeUpMs: z.number().int().min(0),
  deliveredMs: z.number().int().min(0),
  gaps: z.array(ReceiptGap),
  outcome: OutcomeShape,
  /** Whether anything was used for the visit; a lawyer's uses nothing. */
  isCounted: z.boolean(),
  /** Whether what was used is given back, and the minutes that became time credit (LV-7). */
  isGivenBack: z.boolean(),
  creditMs: z.number().int().min(0),
})
export type VisitReceipt = z.output<typeof VisitReceipt>
