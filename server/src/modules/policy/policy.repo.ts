import { FacilityPolicy } from '@visavis/prisma'
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

/** Rows of facilities' rules; on the database or in a transaction. */
export const policyRepo = {
  /** One query: the facility and its jurisdiction's rows together. */
  facility: async (on: Tx, facilityId: string): Promise<FacilityRow | null> => {
    const [row] = await on.$queryRaw<StoredRow[]>`
      SELECT facility_id AS "facilityId", estate_id AS "estateId", operator_id AS "operatorId",
        name, time_zone AS "timeZone", jurisdiction, version, policy,
        COALESCE((
          SELECT jsonb_agg(jsonb_build_object('jurisdiction', rule.jurisdiction, 'code', rule.code,
            'value', rule.value, 'validFrom', rule.valid_from, 'validTo', rule.valid_to))
          FROM jurisdiction_rule rule
          WHERE rule.jurisdiction IN (facility.jurisdiction, 'UN')), '[]') AS rules
      FROM facility WHERE facility_id = ${facilityId}::uuid`
    return row === undefined ? null : { ...row, policy: FacilityPolicy.parse(row.policy) }
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
