import { Prisma } from '@visavis/prisma'

/** Whether another booking stands, or has been had, in the place of visit `v` (BK-12, BK-13). */
export const isRebookedSql = Prisma.sql`EXISTS (SELECT 1 FROM visit n
  WHERE n.rebook_of = v.visit_id
    AND n.booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED', 'FULFILLED'))`
