import { lockResources } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'

type Extension = { readonly visitId: string; readonly byMs: number }
type Taken = { readonly kind: string }

/**
 * Moves the end of a visit and of all it has claimed, turnarounds included, and lets the sign-ins that
 * belong to it last as much longer. Resolves with the kinds of things that somebody else has in that
 * time; unless there are none, nothing of it may be committed. The locks are those of booking, so that
 * what is free here stays free, and the exclusion constraint has the last word (BK-1).
 */
export async function moveEnd(tx: Tx, { visitId, byMs }: Extension): Promise<readonly string[]> {
  await tx.$executeRaw`
    UPDATE visit SET version = version + 1,
      ends_at = ends_at + make_interval(secs => ${byMs} / 1000.0),
      busy_until = busy_until + make_interval(secs => ${byMs} / 1000.0)
    WHERE visit_id = ${visitId}::uuid`
  const own = await tx.resourceClaim.findMany({
    where: { visitId, state: 'BOOKED' },
    select: { kind: true, resourceId: true },
  })
  await lockResources(tx, own)
  const taken = await takenAfter(tx, { visitId, byMs })
  if (taken.length > 0) return taken
  await tx.$executeRaw`
    UPDATE resource_claim SET ends_at = ends_at + make_interval(secs => ${byMs} / 1000.0)
    WHERE visit_id = ${visitId}::uuid AND state = 'BOOKED'`
  await tx.$executeRaw`
    UPDATE auth_session SET expires_at = expires_at + make_interval(secs => ${byMs} / 1000.0)
    WHERE visit_id = ${visitId}::uuid AND ended_at IS NULL`
  return []
}

async function takenAfter(tx: Tx, { visitId, byMs }: Extension): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<Taken[]>`
    SELECT DISTINCT own.kind::text AS kind
    FROM resource_claim own JOIN resource_claim other
      ON other.kind = own.kind AND other.resource_id = own.resource_id
      AND other.visit_id <> own.visit_id AND other.state IN ('HELD', 'BOOKED')
      AND other.during && tstzrange(own.ends_at,
        own.ends_at + make_interval(secs => ${byMs} / 1000.0), '[)')
    WHERE own.visit_id = ${visitId}::uuid AND own.state = 'BOOKED'
    ORDER BY 1`
  return rows.map(({ kind }) => kind)
}
