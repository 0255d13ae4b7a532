import { ESTATE_LOG, Prisma, facilityLog } from '@visavis/prisma'
import type { Database, Tx } from '@visavis/prisma'

/** What an incident is about. */
export type IncidentScope = {
  readonly incidentId: string
  readonly fromAt: Date
  readonly toAt: Date
  readonly systems: readonly string[]
  readonly accountIds: readonly string[]
  readonly facilityIds: readonly string[]
}

/** An hour is what the law of this module allows; a million entries take seconds. */
const WORK_TIMEOUT_MS = 55 * 60_000

/** Who may be affected by an incident. */
export type AffectedRepo = ReturnType<typeof createAffectedRepo>

export function createAffectedRepo(db: Database) {
  return {
    /**
     * Works the people out anew, in one transaction: whoever an account's entries name, whom its searches may have
     * shown, and whoever is kept in a system. Answers how many entries of those accounts were read.
     */
    workOut: (scope: IncidentScope): Promise<bigint> =>
      db.$transaction((tx) => workOut(tx, scope), { timeout: WORK_TIMEOUT_MS }),
  }
}

async function workOut(tx: Tx, scope: IncidentScope): Promise<bigint> {
  const { incidentId } = scope
  await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(WORK_TIMEOUT_MS)}, true)`
  await tx.$executeRaw`DELETE FROM incident_person WHERE incident_id = ${incidentId}::uuid`
  await tx.$executeRaw`
    WITH ${placesSql(scope)}, ${saidSql(scope)}, ${namedSql()},
    found AS (${systemsSql(scope)} UNION ALL ${lookedSql()} UNION ALL ${ownersSql(scope)})
    INSERT INTO incident_person (incident_id, kind, person_id, facility_id, reasons, is_professional)
    SELECT ${incidentId}::uuid, f.kind, f.id, (array_agg(f.facility_id ORDER BY f.facility_id))[1],
      array_agg(DISTINCT f.reason ORDER BY f.reason), bool_or(p.visitor_id IS NOT NULL)
    FROM found AS f LEFT JOIN professional AS p ON f.kind = 'VISITOR' AND p.visitor_id = f.id
    WHERE f.id IS NOT NULL AND ${isThere()}
    GROUP BY f.kind, f.id`
  const [{ count }] = await tx.$queryRaw<[{ count: bigint }]>`
    WITH ${saidSql(scope)} SELECT count(*) AS count FROM said`
  return count
}

/** Of whom was erased, nothing can be read any more, and nobody can be told. */
function isThere(): Prisma.Sql {
  return Prisma.sql`NOT (f.kind = 'VISITOR' AND EXISTS (
    SELECT FROM visitor AS v WHERE v.visitor_id = f.id AND v.erased_at IS NOT NULL))`
}

/** Who belongs to the facilities, as far as they were there before the end. */
function placesSql({ facilityIds, toAt }: IncidentScope): Prisma.Sql {
  const at = Prisma.sql`ANY(${[...facilityIds]}::uuid[])`
  return Prisma.sql`
    inmate_of AS (
      SELECT inmate_id, facility_id FROM inmate
      WHERE facility_id = ${at} AND created_at < ${toAt}::timestamptz),
    visit_of AS (
      SELECT visit_id, facility_id, inmate_id FROM visit
      WHERE facility_id = ${at} AND created_at < ${toAt}::timestamptz),
    visitor_of AS (
      SELECT r.visitor_id, i.facility_id FROM relationship AS r JOIN inmate_of AS i USING (inmate_id)
      WHERE r.created_at < ${toAt}::timestamptz
      UNION SELECT visitor_id, facility_id FROM relationship_request
      WHERE facility_id = ${at} AND created_at < ${toAt}::timestamptz
      UNION SELECT s.visitor_id, v.facility_id FROM seat AS s JOIN visit_of AS v USING (visit_id)
      WHERE s.visitor_id IS NOT NULL)`
}

/** What the accounts did in the span, by the logs of the facilities and of the estate. */
function saidSql({ facilityIds, accountIds, fromAt, toAt }: IncidentScope): Prisma.Sql {
  const logs = [ESTATE_LOG, ...facilityIds.map(facilityLog)]
  return Prisma.sql`
    said AS MATERIALIZED (
      SELECT log, action, convert_from(bytes, 'UTF8') AS text,
        CASE WHEN log LIKE 'facility/%' THEN substr(log, 10)::uuid END AS facility_id
      FROM audit_entry
      WHERE log = ANY(${logs}) AND ts >= ${fromAt}::timestamptz AND ts < ${toAt}::timestamptz
        AND audit_said(bytes, 'actor', 'actorId') = ANY(${[...accountIds]}::text[]))`
}

/** Every id that one of these entries names, whatever it is of. */
function namedSql(): Prisma.Sql {
  return Prisma.sql`
    named AS MATERIALIZED (
      SELECT DISTINCT facility_id, uuid.found[1]::uuid AS id
      FROM said, regexp_matches(text,
        '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', 'g') AS uuid (found)),
    visit_named AS MATERIALIZED (
      SELECT DISTINCT n.facility_id, v.visit_id, v.inmate_id FROM named AS n
      JOIN visit AS v ON v.visit_id = n.id)`
}

/** The people behind those ids, and those whom a search may have shown. */
function lookedSql(): Prisma.Sql {
  return Prisma.sql`
    SELECT 'VISITOR', v.visitor_id, n.facility_id, 'LOOKED_AT' FROM named AS n
      JOIN visitor AS v ON v.visitor_id = n.id
    UNION ALL SELECT 'INMATE', i.inmate_id, n.facility_id, 'LOOKED_AT' FROM named AS n
      JOIN inmate AS i ON i.inmate_id = n.id
    UNION ALL SELECT CASE WHEN s.visitor_id IS NULL THEN 'INMATE' ELSE 'VISITOR' END,
      COALESCE(s.visitor_id, s.inmate_id), v.facility_id, 'LOOKED_AT'
      FROM visit_named AS v JOIN seat AS s USING (visit_id)
    UNION ALL SELECT 'INMATE', inmate_id, facility_id, 'LOOKED_AT' FROM visit_named
    UNION ALL SELECT 'VISITOR', d.visitor_id, n.facility_id, 'LOOKED_AT' FROM named AS n
      JOIN identity_document AS d ON d.document_id = n.id
    UNION ALL SELECT p.kind, p.id, n.facility_id, 'LOOKED_AT' FROM named AS n
      JOIN relationship AS r ON r.relationship_id = n.id
      CROSS JOIN LATERAL (VALUES ('VISITOR', r.visitor_id), ('INMATE', r.inmate_id)) AS p (kind, id)
    UNION ALL SELECT p.kind, p.id, n.facility_id, 'LOOKED_AT' FROM named AS n
      JOIN relationship_request AS r ON r.request_id = n.id
      CROSS JOIN LATERAL
        (VALUES ('VISITOR', r.visitor_id), ('INMATE', r.matched_inmate_id)) AS p (kind, id)
    UNION ALL SELECT 'VISITOR', o.visitor_id, o.facility_id, 'LISTED' FROM visitor_of AS o
      WHERE o.facility_id IN (SELECT facility_id FROM said WHERE action = 'visitor.search')
    UNION ALL SELECT 'INMATE', o.inmate_id, o.facility_id, 'LISTED' FROM inmate_of AS o
      WHERE o.facility_id IN (SELECT facility_id FROM said WHERE action = 'inmate.search')
    UNION ALL SELECT CASE WHEN s.visitor_id IS NULL THEN 'INMATE' ELSE 'VISITOR' END,
      COALESCE(s.visitor_id, s.inmate_id), v.facility_id, 'LISTED'
      FROM visit_of AS v JOIN seat AS s USING (visit_id)
      WHERE v.facility_id IN
          (SELECT facility_id FROM said WHERE action IN ('recording.search', 'wall.open'))
        AND EXISTS (SELECT FROM recording AS r WHERE r.visit_id = v.visit_id)`
}

/** Whoever is kept in a system that was open. */
function systemsSql({ systems, facilityIds, fromAt, toAt }: IncidentScope): Prisma.Sql {
  const isIn = (system: string) => Prisma.sql`${systems.includes(system)}::boolean`
  return Prisma.sql`
    SELECT 'VISITOR' AS kind, visitor_id AS id, facility_id, 'PEOPLE' AS reason FROM visitor_of
      WHERE ${isIn('PEOPLE')}
    UNION ALL SELECT 'INMATE', inmate_id, facility_id, 'PEOPLE' FROM inmate_of
      WHERE ${isIn('PEOPLE')}
    UNION ALL SELECT 'VISITOR', o.visitor_id, o.facility_id, 'DOCUMENTS' FROM visitor_of AS o
      JOIN identity_document AS d USING (visitor_id)
      WHERE ${isIn('DOCUMENTS')} AND d.uploaded_at < ${toAt}::timestamptz
        AND (d.removed_at IS NULL OR d.removed_at >= ${fromAt}::timestamptz)
    UNION ALL SELECT CASE WHEN s.visitor_id IS NULL THEN 'INMATE' ELSE 'VISITOR' END,
      COALESCE(s.visitor_id, s.inmate_id), v.facility_id, 'VISITS'
      FROM visit_of AS v JOIN seat AS s USING (visit_id) WHERE ${isIn('VISITS')}
    UNION ALL SELECT 'INMATE', inmate_id, facility_id, 'VISITS' FROM visit_of WHERE ${isIn('VISITS')}
    UNION ALL SELECT CASE WHEN s.visitor_id IS NULL THEN 'INMATE' ELSE 'VISITOR' END,
      COALESCE(s.visitor_id, s.inmate_id), v.facility_id, 'RECORDINGS'
      FROM visit_of AS v JOIN recording AS r USING (visit_id) JOIN seat AS s USING (visit_id)
      WHERE ${isIn('RECORDINGS')} AND r.started_at < ${toAt}::timestamptz
        AND (r.destroyed_at IS NULL OR r.destroyed_at >= ${fromAt}::timestamptz)
    UNION ALL SELECT 'VISITOR', o.visitor_id, o.facility_id, 'MESSAGES' FROM visitor_of AS o
      WHERE ${isIn('MESSAGES')} AND EXISTS (SELECT FROM notice AS n
        WHERE n.visitor_id = o.visitor_id AND n.created_at < ${toAt}::timestamptz)
    UNION ALL SELECT 'INMATE', o.inmate_id, o.facility_id, 'MESSAGES' FROM inmate_of AS o
      WHERE ${isIn('MESSAGES')} AND EXISTS (SELECT FROM notice AS n
        WHERE n.inmate_id = o.inmate_id AND n.created_at < ${toAt}::timestamptz)
    UNION ALL SELECT 'VISITOR', o.visitor_id, o.facility_id, 'ACCOUNTS' FROM visitor_of AS o
      JOIN account AS a USING (visitor_id)
      WHERE ${isIn('ACCOUNTS')} AND a.created_at < ${toAt}::timestamptz
    UNION ALL SELECT 'STAFF', a.account_id, a.facility_id, 'ACCOUNTS' FROM account AS a
      WHERE ${isIn('ACCOUNTS')} AND a.visitor_id IS NULL AND a.created_at < ${toAt}::timestamptz
        AND a.facility_id = ANY(${[...facilityIds]}::uuid[])`
}

/** Those whose own accounts somebody else may have used. */
function ownersSql({ accountIds }: IncidentScope): Prisma.Sql {
  return Prisma.sql`
    SELECT CASE WHEN visitor_id IS NULL THEN 'STAFF' ELSE 'VISITOR' END,
      COALESCE(visitor_id, account_id), facility_id, 'ACCOUNTS'
    FROM account WHERE account_id = ANY(${[...accountIds]}::uuid[])`
}
