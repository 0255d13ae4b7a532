import type { Tx } from '@visavis/prisma'
import type { FreeUntil } from './ring-rules.ts'

type Asked = {
  readonly terminalId: string
  readonly inmateId: string
  readonly visitorId: string
  readonly now: Date
  readonly until: Date
}

const ring = {
  visitId: true,
  inmateId: true,
  facilityId: true,
  bookingState: true,
  holdExpiresAt: true,
  stateReason: true,
  endsAt: true,
  inmate: { select: { givenName: true, familyName: true } },
} as const

/** Rows of on-demand visits (BK-8). */
export const ringRepo = {
  /** Until when terminal and people are free, as far as `until`; a hold that is over does not count. */
  freeUntil: async (tx: Tx, asked: Asked): Promise<FreeUntil> => {
    const rows = await tx.$queryRaw<{ kind: 'TERMINAL' | 'INMATE' | 'VISITOR'; next: Date }[]>`
      SELECT kind::text, min(starts_at) AS next FROM resource_claim
      WHERE ((kind = 'TERMINAL' AND resource_id = ${asked.terminalId}::uuid)
          OR (kind = 'INMATE' AND resource_id = ${asked.inmateId}::uuid)
          OR (kind = 'VISITOR' AND resource_id = ${asked.visitorId}::uuid))
        AND state IN ('HELD', 'BOOKED')
        AND (hold_expires_at IS NULL OR hold_expires_at > ${asked.now})
        AND during && tstzrange(${asked.now}, ${asked.until})
      GROUP BY kind`
    const next = (kind: string): Date | null => rows.find((row) => row.kind === kind)?.next ?? null
    return { terminal: next('TERMINAL'), inmate: next('INMATE'), visitor: next('VISITOR') }
  },
  /** A ring of that inmate. */
  ofInmate: (tx: Tx, visitId: string, inmateId: string) =>
    tx.visit.findFirst({ where: { visitId, inmateId, bookingMode: 'ON_DEMAND' }, select: ring }),
  /** A ring to that visitor. */
  ofVisitor: (tx: Tx, visitId: string, visitorId: string) =>
    tx.visit.findFirst({
      where: { visitId, bookingMode: 'ON_DEMAND', seats: { some: { visitorId } } },
      select: ring,
    }),
  ringing: (tx: Tx, visitorId: string, now: Date) =>
    tx.visit.findMany({
      where: {
        bookingMode: 'ON_DEMAND',
        bookingState: 'HELD',
        holdExpiresAt: { gt: now },
        seats: { some: { visitorId } },
      },
      orderBy: { holdExpiresAt: 'asc' },
      select: ring,
    }),
}

export type RingRepo = typeof ringRepo
