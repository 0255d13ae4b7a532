import { FacilityPolicy, Prisma } from '@visavis/prisma'
import type { Database, Tx } from '@visavis/prisma'
import type { LimitRow } from './limit-rules.ts'

/** A facility with its own rules and every limit of its jurisdiction, past and coming ones too. */
export type FacilityRow = {
  readonly facilityId: string
  readonly estateId: string
  readonly operatorId: string
  readonly name: string
  readonly timeZone: string
  readonly jurisdiction: string
  readonly version: number
  readonly policy: FacilityPolicy
  readonly rules: readonly LimitRow[]
}

type StoredRow = Omit<FacilityRow, 'policy'> & { readonly policy: unknown }

/**
 * The facility and its jurisdiction's rows together, as JSON: a part of a larger statement, where those
 * are read anyway; `facilityId` is SQL for an id. What comes of it is for `Policy.asRead`.
 */
export function facilitySql(facilityId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT jsonb_build_object('facilityId', facility_id, 'estateId', estate_id,
      'operatorId', operator_id, 'name', name, 'timeZone', time_zone, 'jurisdiction', jurisdiction,
      'version', version, 'policy', policy, 'rules', COALESCE((
        SELECT jsonb_agg(jsonb_build_object('jurisdiction', rule.jurisdiction, 'code', rule.code,
          'value', rule.value, 'validFrom', rule.valid_from, 'validTo', rule.valid_to))
        FROM jurisdiction_rule rule
        WHERE rule.jurisdiction IN (facility.jurisdiction, 'UN')), '[]'))
    FROM facility WHERE facility_id = ${facilityId})`
}

/** What `facilitySql` gave. */
export function facilityRowOf(stored: unknown): FacilityRow {
  const row = stored as StoredRow
  return { ...row, policy: FacilityPolicy.parse(row.policy) }
}

/** Rows of facilities' rules; on the database or in a transaction. */
export const policyRepo = {
  facility: async (on: Tx, facilityId: string): Promise<FacilityRow | null> => {
    const [row] = await on.$queryRaw<{ facility: unknown }[]>`
      SELECT ${facilitySql(Prisma.sql`${facilityId}::uuid`)} AS facility`
    return row?.facility == null ? null : facilityRowOf(row.facility)
  },
  /** Facilities of that name, in any estate. */
  idsOfName: async (db: Database, name: string): Promise<string[]> => {
    const rows = await db.facility.findMany({ where: { name }, select: { facilityId: true } })
    return rows.map(({ facilityId }) => facilityId)
  },
  names: async (db: Database): Promise<string[]> => {
    const rows = await db.facility.findMany({ orderBy: { name: 'asc' }, select: { name: true } })
    return rows.map(({ name }) => name)
  },
}
