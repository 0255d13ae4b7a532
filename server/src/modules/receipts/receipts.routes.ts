import { routes } from '@visavis/contract/http'
import type { Database } from '@visavis/prisma'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import { createReceiptReading } from './receipt-reading.service.ts'
import type { ReceiptReading } from './receipt-reading.service.ts'
import { createReceiptsRepo } from './receipts.repo.ts'

/** Puts the routes on the server by which both sides read what their visit came to (LV-6). */
export function addReceipts(
  bind: BindRoute<ActorByAccess>,
  { db }: { readonly db: Database },
): ReceiptReading {
  const receipts = createReceiptReading(createReceiptsRepo(db))
  bind(routes.myVisitReceipt, ({ actor, params }) => receipts.ofOwn(actor, params.visitId))
  bind(routes.terminalVisitReceipt, ({ actor, params }) => receipts.ofOwn(actor, params.visitId))
  return receipts
}
