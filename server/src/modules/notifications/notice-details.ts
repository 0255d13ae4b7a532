import { z } from 'zod'
import { Instant } from '@visavis/contract/ids'

const VisitDetails = z.object({
  startsAt: Instant,
  endsAt: Instant,
  /** The booking's version: later news about one visit outrank earlier ones in a calendar. */
  sequence: z.number().int(),
  facility: z.string(),
  facilityZone: z.string(),
  /** Given name only: nobody reads a family name over the owner's shoulder. */
  inmate: z.string(),
  terminal: z.string(),
  place: z.enum(['HOME', 'LINK_CENTRE']),
  centre: z.string(),
  address: z.string(),
})

/** What a notice's words are filled with, as it was when it was queued: the `details` column. */
export const NoticeDetails = z.object({
  readerZone: z.string().nullable().default(null),
  readerName: z.string().nullable().default(null),
  visit: VisitDetails.nullable().default(null),
  hasCalendar: z.boolean().default(false),
  /** What this kind was queued with besides; instants are told in the reader's time. */
  given: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
export type NoticeDetails = z.output<typeof NoticeDetails>
export type VisitDetails = z.output<typeof VisitDetails>

/** Whether a detail is an instant. */
export function isInstant(value: string | number): value is string {
  return Instant.safeParse(value).success
}
