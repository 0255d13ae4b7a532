import type { DataClass } from '@visavis/contract/http'
import { Prisma } from '@visavis/prisma'

/** Where the rows of a class are. */
export type Source = {
  /** `id` (text) and `over_at` of each row that ends by the clock. */
  readonly rows: Prisma.Sql
  /** Ends those of these ids; gives their ids. */
  readonly end: (ids: readonly string[], now: Date) => Prisma.Sql
  /** What hangs on them goes before. */
  readonly before?: (ids: readonly string[]) => Prisma.Sql
}

const uuids = (ids: readonly string[]) => Prisma.sql`ANY(${[...ids]}::uuid[])`

/** Rows of one table that are deleted. */
const deleted =
  (table: string, column: string): Source['end'] =>
  (ids) =>
    Prisma.sql`DELETE FROM ${Prisma.raw(table)} WHERE ${Prisma.raw(column)} = ${uuids(ids)}
      RETURNING ${Prisma.raw(column)}::text AS id`

/** The classes that end by the clock, each with its table; the only place that knows them. */
export const SOURCES: Readonly<Record<DataClass, Source>> = {
  // The file goes with the next sweep of documents, within two hours. The photograph is what officers compare with.
  ID_PICTURES: {
    rows: Prisma.sql`
      SELECT d.document_id::text AS id, GREATEST(v.verified_at, d.uploaded_at) AS over_at
      FROM identity_document AS d JOIN visitor AS v USING (visitor_id)
      WHERE d.removed_at IS NULL AND d.kind <> 'PHOTO' AND v.verification = 'VERIFIED'
        AND EXISTS (SELECT FROM identity_document AS p WHERE p.visitor_id = d.visitor_id
          AND p.kind = 'PHOTO' AND p.removed_at IS NULL)
        AND NOT EXISTS (SELECT FROM identity_correction AS c WHERE c.visitor_id = d.visitor_id
          AND c.state = 'REQUESTED')`,
    end: (ids, now) => Prisma.sql`
      UPDATE identity_document SET removed_at = ${now}::timestamptz
      WHERE document_id = ${uuids(ids)} AND removed_at IS NULL RETURNING document_id::text AS id`,
  },
  REQUESTS: {
    rows: Prisma.sql`
      SELECT request_id::text AS id, COALESCE(decided_at, created_at) AS over_at
      FROM relationship_request WHERE state IN ('REJECTED', 'WITHDRAWN')`,
    end: deleted('relationship_request', 'request_id'),
  },
  CORRECTIONS: {
    rows: Prisma.sql`
      SELECT correction_id::text AS id, COALESCE(decided_at, created_at) AS over_at
      FROM identity_correction WHERE state <> 'REQUESTED'`,
    end: deleted('identity_correction', 'correction_id'),
  },
  NOTICES: {
    rows: Prisma.sql`
      SELECT notice_id::text AS id, created_at AS over_at FROM notice WHERE state <> 'QUEUED'`,
    end: deleted('notice', 'notice_id'),
  },
  SIGN_INS: {
    rows: Prisma.sql`
      SELECT auth_session_id::text AS id, COALESCE(ended_at, expires_at) AS over_at
      FROM auth_session`,
    before: (ids) =>
      Prisma.sql`DELETE FROM passkey_challenge WHERE auth_session_id = ${uuids(ids)}`,
    end: deleted('auth_session', 'auth_session_id'),
  },
  CHECK_INS: {
    rows: Prisma.sql`SELECT check_in_id::text AS id, checked_at AS over_at FROM desk_check_in`,
    end: deleted('desk_check_in', 'check_in_id'),
  },
  DEVICE_TESTS: {
    rows: Prisma.sql`
      SELECT preflight_id::text AS id, made_at AS over_at FROM preflight_result
      WHERE account_id IS NOT NULL`,
    end: deleted('preflight_result', 'preflight_id'),
  },
  DATA_EXPORTS: {
    rows: Prisma.sql`
      SELECT export_id::text AS id, asked_at AS over_at FROM data_export
      WHERE state IN ('EXPIRED', 'FAILED') AND NOT has_file`,
    end: deleted('data_export', 'export_id'),
  },
  INCIDENT_PEOPLE: {
    rows: Prisma.sql`
      SELECT concat(p.incident_id, '/', p.kind, '/', p.person_id) AS id, i.closed_at AS over_at
      FROM incident_person AS p JOIN incident AS i USING (incident_id) WHERE i.state = 'CLOSED'`,
    end: (ids) => Prisma.sql`
      DELETE FROM incident_person
      WHERE concat(incident_id, '/', kind, '/', person_id) = ANY(${[...ids]}::text[])
      RETURNING concat(incident_id, '/', kind, '/', person_id) AS id`,
  },
}
