import { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'

/** A stored sum of both ledgers, and whether a period is opened in them. */
export type AccountRow = {
  readonly inmateId: string
  readonly visits: number
  readonly creditMs: number
  readonly isOpened: boolean
}

/** An account under its lock, and the entries of one visit in either ledger. */
export type LockedAccount = Omit<AccountRow, 'inmateId'> & { readonly used: readonly VisitEntry[] }
/** `amount` in visits or in milliseconds. */
export type VisitEntry = {
  readonly payment: 'QUOTA' | 'CREDIT'
  readonly kind: 'GRANT' | 'USE' | 'REFUND' | 'EXPIRY'
  readonly amount: number
}

export type NewQuotaEntry = Prisma.QuotaEntryCreateManyInput
export type NewCreditEntry = Prisma.TimeCreditEntryCreateManyInput

/** More rows than this at once would keep the inmates of a facility locked for too long. */
const CHUNK = 500

/** Rows of quota and time credit (BK-9, LV-7); all of them in the caller's transaction. */
export const ledgerRepo = {
  facilityOf: (tx: Tx, inmateId: string): Promise<{ facilityId: string } | null> =>
    tx.inmate.findUnique({ where: { inmateId }, select: { facilityId: true } }),
  /** Locks an inmate's ledgers: who writes entries holds this, and sums them after it. */
  lock: async (tx: Tx, inmateId: string): Promise<void> => {
    await tx.$queryRaw`SELECT 1 FROM inmate WHERE inmate_id = ${inmateId}::uuid FOR NO KEY UPDATE`
  },
  visit: (tx: Tx, visitId: string) =>
    tx.visit.findUniqueOrThrow({
      where: { visitId },
      select: { inmateId: true, facilityId: true, visitClass: true, paidBy: true },
    }),
  /** Locks an inmate's ledgers as `lock`; the account, and what the visit has had of it: one round trip. */
  lockAccount,
  /** The accounts of these inmates; `period` is the name of the one that may be opened. */
  accounts,
  /** What the visit has used or been given, in either ledger. */
  ofVisit: async (tx: Tx, visitId: string) => ({
    quota: await tx.quotaEntry.findMany({
      where: { visitId },
      select: { kind: true, units: true },
    }),
    credit: await tx.timeCreditEntry.findMany({
      where: { visitId },
      select: { kind: true, ms: true },
    }),
  }),
  /** Adds entries; one that is there already (same visit or period, same kind) is not added again. */
  addQuota: async (tx: Tx, data: NewQuotaEntry[]): Promise<void> => {
    if (data.length === 0) return
    await tx.$executeRaw`
      INSERT INTO quota_entry
        (entry_id, inmate_id, kind, units, visit_id, period, reason, created_at)
      SELECT "entryId", "inmateId", kind, units, "visitId", period, reason, "createdAt"
      FROM jsonb_to_recordset(${JSON.stringify(data)}::jsonb) AS given (
        "entryId" uuid, "inmateId" uuid, kind ledger_kind, units integer, "visitId" uuid,
        period text, reason text, "createdAt" timestamptz)
      ON CONFLICT DO NOTHING`
  },
  addCredit: async (tx: Tx, data: NewCreditEntry[]): Promise<void> => {
    if (data.length > 0) await tx.timeCreditEntry.createMany({ data, skipDuplicates: true })
  },
  facilityIds: async (tx: Tx): Promise<string[]> =>
    (await tx.facility.findMany({ select: { facilityId: true } })).map((row) => row.facilityId),
  lockUnopened,
  entries,
}

export type LedgerRepo = typeof ledgerRepo

/** An account as a larger statement reads it, whatever the period is called. */
export type ReadAccount = {
  readonly visits: number
  readonly creditMs: number
  readonly openedPeriods: readonly string[]
}

/** The account as JSON ({@link ReadAccount}): a part of a larger statement. */
export function accountSql(inmateId: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT jsonb_build_object('visits', coalesce(sum(units), 0),
      'openedPeriods', coalesce(jsonb_agg(DISTINCT period)
        FILTER (WHERE kind IN ('GRANT', 'EXPIRY') AND period IS NOT NULL), '[]'),
      'creditMs', (SELECT coalesce(sum(ms), 0) FROM time_credit_entry
        WHERE inmate_id = ${inmateId}::uuid))
    FROM quota_entry WHERE inmate_id = ${inmateId}::uuid)`
}

type LockAsk = { readonly inmateId: string; readonly visitId: string; readonly period: string }

async function lockAccount(tx: Tx, { inmateId, visitId, period }: LockAsk): Promise<LockedAccount> {
  const [row] = await tx.$queryRaw<[LockedAccount]>`
    SELECT visits, "creditMs", "isOpened", used
    FROM lock_ledger(${inmateId}::uuid, ${visitId}::uuid, ${period})`
  return row
}

function accounts(tx: Tx, inmateIds: readonly string[], period: string): Promise<AccountRow[]> {
  return tx.$queryRaw<AccountRow[]>`
    SELECT inmate_id AS "inmateId",
      COALESCE((SELECT sum(units) FROM quota_entry q
        WHERE q.inmate_id = asked.inmate_id), 0)::float8 AS visits,
      COALESCE((SELECT sum(ms) FROM time_credit_entry c
        WHERE c.inmate_id = asked.inmate_id), 0)::float8 AS "creditMs",
      EXISTS (SELECT 1 FROM quota_entry q
        WHERE q.inmate_id = asked.inmate_id AND q.kind IN ('GRANT', 'EXPIRY')
          AND q.period = ${period}) AS "isOpened"
    FROM unnest(${[...inmateIds]}::uuid[]) AS asked (inmate_id)`
}

/** The next inmates in custody, by id, whose period is not opened; locked as by `lock`. */
async function lockUnopened(
  tx: Tx,
  given: { facilityId: string; period: string; after: string },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ inmateId: string }[]>`
    SELECT inmate_id AS "inmateId" FROM inmate
    WHERE facility_id = ${given.facilityId}::uuid AND custody = 'IN_CUSTODY'
      AND inmate_id > ${given.after}::uuid
      AND NOT EXISTS (SELECT 1 FROM quota_entry q
        WHERE q.inmate_id = inmate.inmate_id AND q.kind IN ('GRANT', 'EXPIRY')
          AND q.period = ${given.period})
    ORDER BY inmate_id LIMIT ${CHUNK} FOR NO KEY UPDATE`
  return rows.map(({ inmateId }) => inmateId)
}

/** Both ledgers of an inmate, the newest entry first. */
async function entries(tx: Tx, inmateId: string) {
  const orderBy = [{ createdAt: 'desc' as const }, { entryId: 'desc' as const }]
  const quota = await tx.quotaEntry.findMany({ where: { inmateId }, orderBy })
  const credit = await tx.timeCreditEntry.findMany({ where: { inmateId }, orderBy })
  return { quota, credit }
}
