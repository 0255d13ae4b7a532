import type { Tx } from '@visavis/prisma'

/**
 * The visit has ended, so its booking is fulfilled (BK-3): people, monitor seat and room are free at
 * once, the terminal and the escort after their turnaround. Leaves alone what is not CONFIRMED.
 */
export async function fulfilBooking(
  tx: Tx,
  { visitId, now }: { visitId: string; now: Date },
): Promise<void> {
  const moved = await tx.$executeRaw`
    UPDATE visit SET booking_state = 'FULFILLED', version = version + 1
    WHERE visit_id = ${visitId}::uuid AND booking_state = 'CONFIRMED'`
  if (moved === 0) return
  await tx.$executeRaw`
    UPDATE resource_claim SET state = 'RELEASED'
    WHERE visit_id = ${visitId}::uuid AND state = 'BOOKED' AND kind NOT IN ('TERMINAL', 'ESCORT')`
  await tx.$executeRaw`
    UPDATE resource_claim c
    SET ends_at = LEAST(c.ends_at, GREATEST(${now}::timestamptz, v.starts_at) + (c.ends_at - v.ends_at))
    FROM visit v
    WHERE v.visit_id = ${visitId}::uuid AND c.visit_id = v.visit_id AND c.state = 'BOOKED'
      AND c.ends_at > v.ends_at`
}
