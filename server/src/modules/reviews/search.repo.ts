import { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import type { Place } from '../../platform/cursor.ts'
import { partPatterns } from './search-rules.ts'
import type { RecordingSearch } from './search-rules.ts'

/** A page of a search; `after` is the start and id of the last visit seen. */
export type SearchPage = Omit<RecordingSearch, 'limit' | 'cursor'> & {
  readonly facilityId: string
  readonly take: number
  readonly after: Place | null
}

/** The ids of recorded visits that fit, newest first. */
export async function searchVisits(tx: Tx, page: SearchPage): Promise<string[]> {
  const rows = await tx.$queryRaw<{ visitId: string }[]>(searchSql(page))
  return rows.map(({ visitId }) => visitId)
}

/**
 * Newest first along the index of a facility's visits; whoever is named is looked up by an index of names.
 * `OFFSET 0` keeps a question about each visit from becoming a join over all recordings.
 */
export function searchSql(page: SearchPage): Prisma.Sql {
  const { facilityId, take, after } = page
  const place =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (v.starts_at, v.visit_id) < (${after.at}::timestamptz, ${after.id}::uuid)`
  return Prisma.sql`
    SELECT v.visit_id::text AS "visitId" FROM visit v
    WHERE v.facility_id = ${facilityId}::uuid
      AND EXISTS (SELECT 1 FROM recording r WHERE r.visit_id = v.visit_id AND (
        r.state <> 'FINISHED' OR r.destroyed_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM recording_track t WHERE t.recording_id = r.recording_id OFFSET 0))
        OFFSET 0)
      ${Prisma.join([place, ...filtersOf(page)], ' ')}
    ORDER BY v.starts_at DESC, v.visit_id DESC LIMIT ${take}`
}

function filtersOf(page: SearchPage): Prisma.Sql[] {
  return [...dates(page), ...people(page), ...marks(page)]
}

/** Whole days at the facility, the last one included. */
function dates({ facilityId, from, to }: SearchPage): Prisma.Sql[] {
  const there = Prisma.sql`AT TIME ZONE
    (SELECT time_zone FROM facility WHERE facility_id = ${facilityId}::uuid)`
  return [
    ...(from === undefined
      ? []
      : [Prisma.sql`AND v.starts_at >= (${from}::date::timestamp ${there})`]),
    ...(to === undefined
      ? []
      : [Prisma.sql`AND v.starts_at < ((${to}::date + 1)::timestamp ${there})`]),
  ]
}

function people({ facilityId, inmate, visitor }: SearchPage): Prisma.Sql[] {
  const inmates = partPatterns(inmate).map(
    (pattern) => Prisma.sql`AND (i.given_name ILIKE ${pattern} OR i.family_name ILIKE ${pattern}
      OR i.inmate_number ILIKE ${pattern})`,
  )
  const visitors = partPatterns(visitor).map(
    (pattern) => Prisma.sql`AND (p.given_name ILIKE ${pattern} OR p.family_name ILIKE ${pattern})`,
  )
  return [
    ...(inmates.length === 0
      ? []
      : [
          Prisma.sql`AND v.inmate_id = ANY (ARRAY(SELECT i.inmate_id FROM inmate i
            WHERE i.facility_id = ${facilityId}::uuid ${Prisma.join(inmates, ' ')}))`,
        ]),
    ...(visitors.length === 0
      ? []
      : [
          Prisma.sql`AND v.visit_id = ANY (ARRAY(SELECT s.visit_id FROM visitor p
            JOIN seat s ON s.visitor_id = p.visitor_id WHERE true ${Prisma.join(visitors, ' ')}))`,
        ]),
  ]
}

function marks({ flag, outcome, text }: SearchPage): Prisma.Sql[] {
  const patterns = partPatterns(text)
  const has = (column: Prisma.Sql) =>
    Prisma.join(
      patterns.map((pattern) => Prisma.sql`AND ${column} ILIKE ${pattern}`),
      ' ',
    )
  return [
    ...(flag === undefined
      ? []
      : [
          Prisma.sql`AND EXISTS (SELECT 1 FROM flag g WHERE g.visit_id = v.visit_id
            AND g.withdrawn_at IS NULL AND g.category = ${flag}::flag_category)`,
        ]),
    ...(outcome === undefined
      ? []
      : [
          Prisma.sql`AND EXISTS (SELECT 1 FROM visit_session o WHERE o.visit_id = v.visit_id
            AND o.outcome = ${outcome}::outcome)`,
        ]),
    ...(patterns.length === 0
      ? []
      : [
          Prisma.sql`AND v.visit_id = ANY (ARRAY(
            SELECT n.visit_id FROM review_note n WHERE true ${has(Prisma.sql`n.text`)}
            UNION SELECT g.visit_id FROM flag g
            WHERE g.withdrawn_at IS NULL ${has(Prisma.sql`g.note`)}))`,
        ]),
  ]
}
