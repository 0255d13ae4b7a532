import type { Tx } from '@visavis/prisma'

/** What a changed rule may move. */
export type Planned = {
  readonly recordingId: string
  readonly visitClass: 'social' | 'official' | 'privileged'
  readonly endsAt: Date
  readonly destroyAfter: Date
}

/** Rows behind the rules of retention. */
export const rulesRepo = {
  /** Stores how long, among the facility's other settings. */
  setDays: async (
    tx: Tx,
    facilityId: string,
    days: { social: number; official: number },
  ): Promise<void> => {
    await tx.$executeRaw`
      UPDATE facility SET version = version + 1,
        policy = jsonb_set(policy, '{retentionDays}', ${JSON.stringify(days)}::jsonb)
      WHERE facility_id = ${facilityId}::uuid`
  },
  /** Everything of the facility that is kept and has its day; locked, so that no two changes cross. */
  planned: (tx: Tx, facilityId: string): Promise<Planned[]> => tx.$queryRaw<Planned[]>`
    SELECT recording_id AS "recordingId", visit_class::text AS "visitClass",
      ends_at AS "endsAt", destroy_after AS "destroyAfter"
    FROM recording JOIN visit USING (visit_id)
    WHERE facility_id = ${facilityId}::uuid AND destroyed_at IS NULL
      AND destroy_after IS NOT NULL
    ORDER BY recording_id FOR UPDATE OF recording`,
  plan: async (
    tx: Tx,
    moved: readonly { recordingId: string; destroyAfter: Date }[],
  ): Promise<void> => {
    await tx.$executeRaw`
      UPDATE recording SET destroy_after = moved.destroy_after
      FROM unnest(${moved.map(({ recordingId }) => recordingId)}::uuid[],
        ${moved.map(({ destroyAfter }) => destroyAfter)}::timestamptz[])
        AS moved (recording_id, destroy_after)
      WHERE recording.recording_id = moved.recording_id`
  },
}
