import { Refusal } from '@visavis/contract/errors'
import type { Database } from '@visavis/prisma'
import type { Eligibility, EligibilityAsk } from './eligibility-api.ts'
import { eligibilityRepo } from './eligibility.repo.ts'
import type { Report } from './telling-rules.ts'

type Asked = Omit<EligibilityAsk, 'at' | 'askedBy' | 'bookedByStaff'>

/** "Why can't I book?", answered to a visitor and to the facility's staff. */
export function explainService({ assess, db }: Pick<Eligibility, 'assess'> & { db: Database }) {
  return {
    /** For the visitor's own visits only; about nobody else (EL-2, EL-8). */
    toVisitor: async (visitorId: string, asked: Asked): Promise<Report> => {
      if (!asked.visitorIds.includes(visitorId)) throw new Refusal('FORBIDDEN')
      const { report } = await assess(db, { ...asked, at: 'EXPLAIN', askedBy: visitorId })
      return report
    },
    /** With the true reasons, for inmates of the facility; others are `NOT_FOUND` like nobody. */
    toStaff: async (facilityId: string, asked: Asked): Promise<Report> => {
      const isOurs = await eligibilityRepo.isAt(db, { facilityId, inmateId: asked.inmateId })
      if (!isOurs) throw new Refusal('NOT_FOUND')
      const ask = { ...asked, at: 'EXPLAIN', bookedByStaff: true } as const
      return (await assess(db, ask)).staffReport
    },
  }
}
