import type { Tx } from '@visavis/prisma'
import { inmateRow, visitorRow } from './rows.repo.ts'
import type { InmateRowData, VisitorRowData } from './rows.repo.ts'

/** Rows that the desk compares; all inside the caller's transaction. */
export const decisionsRepo = {
  inmatesOf: (tx: Tx, facilityId: string): Promise<InmateRowData[]> =>
    tx.inmate.findMany({ where: { facilityId, custody: 'IN_CUSTODY' }, select: inmateRow }),
  inmate: (tx: Tx, inmateId: string): Promise<InmateRowData | null> =>
    tx.inmate.findUnique({ where: { inmateId }, select: inmateRow }),
  visitor: (tx: Tx, visitorId: string): Promise<VisitorRowData> =>
    tx.visitor.findUniqueOrThrow({ where: { visitorId }, select: visitorRow }),
}
