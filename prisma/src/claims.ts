import type { ResourceKind } from '../generated/client/enums.ts'
import type { Tx } from './database.ts'
import type { NewId } from './ids.ts'

/** A scarce thing and the half-open stretch of time it is taken for, turnaround included (BK-1). */
export type Claim = {
  readonly kind: ResourceKind
  readonly resourceId: string
  readonly startsAt: Date
  readonly endsAt: Date
}

export type ClaimRequest = {
  readonly visitId: string
  readonly claims: readonly Claim[]
  /** Given: a hold until then. Absent: booked. */
  readonly holdExpiresAt?: Date
  readonly newId: NewId
}

/**
 * Claims everything a visit needs, or nothing: an overlap ends the caller's transaction with SQLSTATE
 * 23P01 (`sqlStateOf`). An exclusion constraint inserts first and looks second, so two transactions
 * that clash could each wait for the other; the locks, taken in one order by everybody, prevent that.
 */
export async function claimResources(tx: Tx, request: ClaimRequest): Promise<void> {
  const claims = request.claims.toSorted((a, b) => compare(lockName(a), lockName(b)))
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
    FROM unnest(${claims.map(lockName)}::text[]) WITH ORDINALITY AS locks (name, place)
    ORDER BY place`
  await tx.resourceClaim.createMany({
    data: claims.map((claim) => ({
      claimId: request.newId(),
      visitId: request.visitId,
      ...claim,
      state: request.holdExpiresAt ? 'HELD' : 'BOOKED',
      holdExpiresAt: request.holdExpiresAt ?? null,
    })),
  })
}

function lockName(claim: Claim): string {
  return `claim/${claim.kind}/${claim.resourceId}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
