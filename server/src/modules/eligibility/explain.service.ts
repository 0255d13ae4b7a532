import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import { Refusal } from '@visavis/contract/errors'
import type { Database } from '@visavis/prisma'
import type { Eligibility, EligibilityAsk } from './eligibility-api.ts'
import { eligibilityRepo } from './eligibility.repo.ts'
import type { Report } from './telling-rules.ts'

/** A visit that is wished for, with its people; or a booking there is. */
export type ExplainAsk =
  | Pick<EligibilityAsk, 'inmateId' | 'visitorIds' | 'place' | 'linkCentreId' | 'slotId'>
  | { readonly visitId: string }
type Asked = Omit<EligibilityAsk, 'askedBy' | 'bookedByStaff'>

/** "Why can't I book?", answered to a visitor and to the facility's staff. */
export function explainService({ assess, db }: Pick<Eligibility, 'assess'> & { db: Database }) {
  return {
    /** For the visitor's own visits only; about nobody else (EL-2, EL-8). */
    toVisitor: async (visitorId: string, given: ExplainAsk): Promise<Report> => {
      const asked = await askedOf(db, given)
      if (!asked.visitorIds.includes(visitorId)) {
        throw new Refusal('visitId' in given ? 'NOT_FOUND' : 'FORBIDDEN')
      }
      return (await assess(db, { ...asked, askedBy: visitorId })).report
    },
    /** With the true reasons, for inmates of the facility; others are `NOT_FOUND` like nobody. */
    toStaff: async (facilityId: string, given: ExplainAsk): Promise<Report> => {
      const asked = await askedOf(db, given)
      const isOurs = await eligibilityRepo.isAt(db, { facilityId, inmateId: asked.inmateId })
      if (!isOurs) throw new Refusal('NOT_FOUND')
      return (await assess(db, { ...asked, bookedByStaff: true })).staffReport
    },
  }
}

/**
 * What is asked about a booking: its own people, slot and place. While it takes a place, that place and
 * what it was paid with do not count against it; afterwards it is a wish like any other.
 */
async function askedOf(db: Database, given: ExplainAsk): Promise<Asked> {
  if (!('visitId' in given)) return { ...given, at: 'EXPLAIN' }
  const booking = await eligibilityRepo.booking(db, given.visitId)
  if (booking === null) throw new Refusal('NOT_FOUND')
  const { bookingState, ...asked } = booking
  const at = isLiveBooking(bookingState) ? 'REVIEW' : 'EXPLAIN'
  return { ...asked, at, isPaid: bookingState === 'CONFIRMED' }
}
