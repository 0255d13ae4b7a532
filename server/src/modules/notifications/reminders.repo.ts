import type { Database, Tx } from '@visavis/prisma'

/** A visit to be reminded of. */
export type ComingVisit = {
  readonly visitId: string
  readonly startsAt: Date
  readonly confirmedAt: Date | null
}

/** A reminder, and the starts that it is due for. */
export type ReminderSpan = { readonly kind: string; readonly after: Date; readonly until: Date }

/** Visits that somebody is to be reminded of. */
export type RemindersRepo = ReturnType<typeof createRemindersRepo>

export function createRemindersRepo(db: Database) {
  return {
    /**
     * Confirmed visits that start then, and whose inmate (every visit has one) was not told of that start
     * yet. By facility, because that is how bookings are indexed.
     */
    startingIn: (span: ReminderSpan): Promise<ComingVisit[]> =>
      db.$queryRaw<ComingVisit[]>`
        SELECT coming.visit_id AS "visitId", coming.starts_at AS "startsAt",
          coming.confirmed_at AS "confirmedAt"
        FROM facility
        CROSS JOIN LATERAL (
          SELECT visit_id, starts_at, confirmed_at FROM visit
          WHERE visit.facility_id = facility.facility_id AND booking_state = 'CONFIRMED'
            AND starts_at > ${span.after} AND starts_at <= ${span.until}
        ) coming
        WHERE NOT EXISTS (
          SELECT 1 FROM notice
          WHERE notice.visit_id = coming.visit_id AND notice.kind = ${span.kind}
            AND notice.channel = 'TERMINAL'
            AND (notice.details #>> '{visit,startsAt}')::timestamptz = coming.starts_at)
        ORDER BY coming.starts_at, coming.visit_id`,
    /** Locks the visit, so that it is neither moved nor cancelled meanwhile; whether it still stands. */
    stillStands: async (tx: Tx, { visitId, startsAt }: ComingVisit): Promise<boolean> => {
      const rows = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM visit WHERE visit_id = ${visitId}::uuid AND booking_state = 'CONFIRMED'
          AND starts_at = ${startsAt} FOR SHARE`
      return rows.length === 1
    },
  }
}
