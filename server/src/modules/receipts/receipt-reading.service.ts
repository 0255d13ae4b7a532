import { Refusal } from '@visavis/contract/errors'
import { ReceiptGap } from '@visavis/contract/receipt'
import type { VisitReceipt } from '@visavis/contract/receipt'
import { z } from 'zod'
import { isElsewhere, isOwnSeat } from '../identity/index.ts'
import type { AccountActor, InmateActor } from '../identity/index.ts'
import type { FoundReceipt, ReceiptsRepo } from './receipts.repo.ts'

const Gaps = z.array(ReceiptGap)
type Statement = z.input<typeof VisitReceipt>

/** What is read of the statements of visits (LV-6). */
export type ReceiptReading = ReturnType<typeof createReceiptReading>

export function createReceiptReading(repo: Pick<ReceiptsRepo, 'find'>) {
  return {
    /** The statement of a visit, or null while there is none; whoever asks has seen to who may read it. */
    async of(visitId: string): Promise<Statement | null> {
      const found = await repo.find(visitId)
      return found && viewOf(found)
    },
    /** For a person of the visit; somebody else's is `VISIT_NOT_FOUND` like one that is not made yet (EL-2). */
    async ofOwn(actor: AccountActor | InmateActor, visitId: string): Promise<Statement> {
      const found = isElsewhere(actor, visitId) ? null : await repo.find(visitId)
      if (!found?.visit.seats.some((seat) => isOwnSeat(actor, seat))) {
        throw new Refusal('VISIT_NOT_FOUND')
      }
      return viewOf(found)
    },
  }
}

function viewOf({ visit, gaps, ...row }: FoundReceipt): Statement {
  const { visitId, bookedMs, extendedMs, madeUpMs, deliveredMs, outcome } = row
  return {
    ...{ visitId, bookedMs, extendedMs, madeUpMs, deliveredMs, outcome },
    ...{ isCounted: row.isCounted, isGivenBack: row.isGivenBack, creditMs: row.creditMs },
    startsAt: visit.startsAt.toISOString(),
    endsAt: visit.endsAt.toISOString(),
    gaps: Gaps.parse(gaps),
  }
}
