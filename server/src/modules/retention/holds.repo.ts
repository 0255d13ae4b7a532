import type { Database, Prisma, Tx } from '@visavis/prisma'
import { NAMED } from './staff-rules.ts'

/** What a hold is read with. */
export const HOLD = {
  placer: NAMED,
  releaseAsker: NAMED,
  visit: { select: { facilityId: true, facility: { select: { timeZone: true } } } },
} as const satisfies Prisma.LegalHoldInclude

/** A hold with the people behind it. */
export type HoldRow = Prisma.LegalHoldGetPayload<{ include: typeof HOLD }>

/** A hold to be placed. */
export type NewHold = Pick<
  HoldRow,
  'holdId' | 'visitId' | 'reason' | 'caseNumber' | 'placedBy' | 'placedAt' | 'reviewOn'
>

type Asking = {
  readonly releaseAskedBy: string
  readonly releaseAskedAt: Date
  readonly releaseReason: string
}

/** Rows of legal holds. */
export type HoldsRepo = ReturnType<typeof createHoldsRepo>

export function createHoldsRepo(db: Database) {
  return {
    one: (tx: Tx, holdId: string): Promise<HoldRow | null> =>
      tx.legalHold.findUnique({ where: { holdId }, include: HOLD }),
    add: async (tx: Tx, data: NewHold): Promise<void> => {
      await tx.legalHold.create({ data, select: { holdId: true } })
    },
    /** False when it was released meanwhile. */
    review: (tx: Tx, holdId: string, reviewOn: Date) =>
      changed(tx, { holdId, releasedAt: null }, { reviewOn }),
    /** False when it was released, or somebody asked before. */
    askRelease: (tx: Tx, holdId: string, asking: Asking) =>
      changed(tx, { holdId, releasedAt: null, releaseAskedAt: null }, asking),
    /** False when somebody else decided meanwhile. */
    release: (tx: Tx, holdId: string, end: { releasedBy: string; releasedAt: Date }) =>
      changed(tx, { holdId, releasedAt: null, releaseAskedAt: { not: null } }, end),
    /** The hold stays; false when somebody else decided meanwhile. */
    refuseRelease: (tx: Tx, holdId: string) =>
      changed(
        tx,
        { holdId, releasedAt: null, releaseAskedAt: { not: null } },
        { releaseAskedBy: null, releaseAskedAt: null, releaseReason: null },
      ),
    isHeld: async (tx: Tx, visitId: string): Promise<boolean> =>
      (await tx.legalHold.count({ where: { visitId, releasedAt: null } })) > 0,
    /** When what is kept of a visit is to be destroyed. */
    plans: (tx: Tx, visitId: string) =>
      tx.recording.findMany({
        where: { visitId, destroyedAt: null, destroyAfter: { not: null } },
        select: { recordingId: true, destroyAfter: true },
      }),
    plan: async (tx: Tx, recordingId: string, destroyAfter: Date): Promise<void> => {
      await tx.recording.updateMany({
        where: { recordingId, destroyedAt: null },
        data: { destroyAfter },
      })
    },
    /** Standing holds whose day has come by their facility's clock and that nobody was asked to look at, by id. */
    due: (now: Date, after: string, take: number): Promise<DueHold[]> => db.$queryRaw<DueHold[]>`
      SELECT hold.hold_id AS "holdId", hold.visit_id AS "visitId", facility.facility_id AS "facilityId"
      FROM legal_hold hold JOIN visit USING (visit_id) JOIN facility USING (facility_id)
      WHERE hold.released_at IS NULL AND hold.hold_id > ${after}::uuid
        AND hold.review_on <= (${now}::timestamptz AT TIME ZONE facility.time_zone)::date
        AND NOT EXISTS (SELECT FROM task WHERE task.subject_id = hold.hold_id
          AND task.kind = 'HOLD_REVIEW' AND task.state = 'OPEN')
      ORDER BY hold.hold_id LIMIT ${take}`,
  }
}

/** A hold that is to be looked at again. */
export type DueHold = {
  readonly holdId: string
  readonly visitId: string
  readonly facilityId: string
}

async function changed(
  tx: Tx,
  where: Prisma.LegalHoldWhereInput,
  data: Prisma.LegalHoldUncheckedUpdateManyInput,
): Promise<boolean> {
  return (await tx.legalHold.updateMany({ where, data })).count === 1
}
