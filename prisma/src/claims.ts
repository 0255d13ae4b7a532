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
  if (claims.length === 0) return
  await insertClaims(tx, { ...request, claims })
}

/** Takes the locks of these things, in the one order; held to the end of the transaction. */
export async function lockResources(
  tx: Tx,
  resources: readonly Pick<Claim, 'kind' | 'resourceId'>[],
): Promise<void> {
  const names = resources.map(lockName).toSorted(compare)
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
    FROM unnest(${names}::text[]) WITH ORDINALITY AS locks (name, place)
    ORDER BY place`
}

/** One statement for locks and claims whatever their number, the locks first and both in one order. */
async function insertClaims(tx: Tx, { claims, ...request }: ClaimRequest): Promise<void> {
  const state = request.holdExpiresAt ? 'HELD' : 'BOOKED'
  await tx.$executeRaw`
    WITH locked AS MATERIALIZED (
      SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
      FROM unnest(${claims.map(lockName)}::text[]) WITH ORDINALITY AS locks (name, place)
      ORDER BY place)
    INSERT INTO resource_claim
      (claim_id, visit_id, kind, resource_id, starts_at, ends_at, state, hold_expires_at)
    SELECT claim_id, ${request.visitId}::uuid, kind, resource_id, starts_at, ends_at,
      ${state}::claim_state, ${request.holdExpiresAt ?? null}::timestamptz
    FROM (SELECT count(*) FROM locked) AS all_locked, unnest(
      ${claims.map(() => request.newId())}::uuid[],
      ${claims.map((claim) => claim.kind)}::text[]::resource_kind[],
      ${claims.map((claim) => claim.resourceId)}::uuid[],
      ${claims.map((claim) => claim.startsAt)}::timestamptz[],
      ${claims.map((claim) => claim.endsAt)}::timestamptz[]
    ) WITH ORDINALITY AS given (claim_id, kind, resource_id, starts_at, ends_at, place)
    ORDER BY place`
}

type HoldExtension = { readonly visitId: string; readonly holdExpiresAt: Date }

/** Gives the claims that a visit holds another end of the hold (BK-2); resolves with their number. */
export async function setHoldExpiry(
  tx: Tx,
  { visitId, holdExpiresAt }: HoldExtension,
): Promise<number> {
  const { count } = await tx.resourceClaim.updateMany({
    where: { visitId, state: 'HELD' },
    data: { holdExpiresAt },
  })
  return count
}

function lockName(claim: Pick<Claim, 'kind' | 'resourceId'>): string {
  return `claim/${claim.kind}/${claim.resourceId}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
