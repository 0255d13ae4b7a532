import type { Database, Tx } from '@visavis/prisma'

type Window = { readonly now: Date; readonly until: Date; readonly action: string }

/** A booked visit with everything that eligibility is asked about. */
export type RecheckedVisit = {
  readonly visitId: string
  readonly facilityId: string
  readonly inmateId: string
  readonly visitorIds: string[]
  readonly slotId: string | undefined
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly linkCentreId: string | undefined
  readonly startsAt: Date
}

/** Visits to be looked at again; what was looked at is in the audit log. */
export const recheckRepo = {
  /** Booked visits that begin in the window and have no such entry yet, the next first. */
  due: async (db: Database, { now, until, action }: Window): Promise<string[]> => {
    const rows = await db.$queryRaw<{ visitId: string }[]>`
      SELECT visit_id AS "visitId" FROM visit
      WHERE booking_state = 'CONFIRMED' AND starts_at > ${now} AND starts_at <= ${until}
        AND NOT EXISTS (
          SELECT 1 FROM audit_entry entry
          WHERE entry.visit_id = visit.visit_id AND entry.action = ${action})
      ORDER BY starts_at, visit_id`
    return rows.map(({ visitId }) => visitId)
  },
  isDone: async (tx: Tx, { visitId, action }: { visitId: string; action: string }) =>
    (await tx.auditEntry.count({ where: { visitId, action } })) > 0,
  /** The visit, kept as it is until the transaction ends; null: booked no more. */
  lockBooked: async (tx: Tx, visitId: string): Promise<RecheckedVisit | null> => {
    await tx.$queryRaw`SELECT 1 FROM visit WHERE visit_id = ${visitId}::uuid FOR UPDATE`
    const visit = await tx.visit.findUnique({
      where: { visitId, bookingState: 'CONFIRMED' },
      select: {
        facilityId: true,
        inmateId: true,
        slotId: true,
        place: true,
        startsAt: true,
        linkCentreRoom: { select: { linkCentreId: true } },
        seats: { where: { visitorId: { not: null } }, select: { visitorId: true } },
      },
    })
    if (visit === null) return null
    const { seats, linkCentreRoom, slotId, ...row } = visit
    return {
      ...row,
      visitId,
      visitorIds: seats.flatMap(({ visitorId }) => visitorId ?? []),
      slotId: slotId ?? undefined,
      linkCentreId: linkCentreRoom?.linkCentreId,
    }
  },
}
