import type { Database } from '@visavis/prisma'
import type { Ledger } from '../ledger/index.ts'
import { createTimeline } from '../timeline/index.ts'
import { createReceiptsRepo } from './receipts.repo.ts'
import { createReceiptsService } from './receipts.service.ts'
import type { ReceiptsService } from './receipts.service.ts'

export { addReceipts } from './receipts.routes.ts'
export type { ReceiptReading } from './receipt-reading.service.ts'
export type { EndedVisit, ReceiptsService as Receipts } from './receipts.service.ts'

/** Statements of visits: made at the end, read by both sides (LV-6). */
export function createReceipts(db: Database, ledger: Pick<Ledger, 'settle'>): ReceiptsService {
  return createReceiptsService({
    repo: createReceiptsRepo(db),
    timeline: createTimeline(db),
    ledger,
  })
}
