import { Prisma } from '@visavis/prisma'
import type { Database, Tx } from '@visavis/prisma'

/** Affected people of one kind at one facility. */
export type PeopleCount = {
  readonly kind: 'VISITOR' | 'INMATE' | 'STAFF'
  readonly facility: string | null
  readonly people: number
  readonly professionals: number
  readonly told: number
  readonly toPrint: number
  /** When the last of them was told. */
  readonly lastToldAt: Date | null
}

/** Somebody who is told, with what the letter is filled with. */
export type ToldPerson = {
  readonly kind: 'VISITOR' | 'INMATE' | 'STAFF'
  readonly personId: string
  readonly facility: string | null
  readonly reasons: readonly string[]
  readonly language: string
}

/** Somebody whose letter is put on paper. */
export type PrintedPerson = ToldPerson & {
  readonly name: string
  /** Of an inmate: number and wing. */
  readonly place: string | null
}

export type ToldPeopleRepo = ReturnType<typeof createToldPeopleRepo>

/** Mails that did not arrive, and people who no screen of ours reaches, get paper. */
const NEEDS_PAPER = Prisma.sql`(p.kind = 'STAFF'
  OR (p.kind = 'INMATE' AND EXISTS (SELECT FROM inmate AS i
    WHERE i.inmate_id = p.person_id AND i.custody <> 'IN_CUSTODY'))
  OR (p.kind = 'VISITOR' AND p.told_at IS NOT NULL AND EXISTS (SELECT FROM notice AS n
    WHERE n.dedupe_key = concat('INCIDENT_LETTER//', p.incident_id, '/', p.person_id, '/EMAIL')
      AND n.state IN ('BOUNCED', 'FAILED'))))`

/** Erased since they were found: nobody is there to be told. */
const IS_GONE = Prisma.sql`(p.kind = 'VISITOR' AND EXISTS (SELECT FROM visitor AS v
  WHERE v.visitor_id = p.person_id AND v.erased_at IS NOT NULL))`

/** How far the people of an incident have been told. */
export function createToldPeopleRepo(db: Database) {
  return {
    ...telling,
    ...onPaper,
    counts: (incidentId: string, tx: Tx = db): Promise<PeopleCount[]> =>
      tx.$queryRaw<PeopleCount[]>`
        SELECT kind, f.name AS facility, count(*)::int AS people,
          count(*) FILTER (WHERE is_professional)::int AS professionals,
          count(*) FILTER (WHERE is_told)::int AS told,
          count(*) FILTER (WHERE NOT is_told AND needs_paper)::int AS "toPrint",
          max(GREATEST(told_at, printed_at)) AS "lastToldAt"
        FROM (
          SELECT *, is_gone OR printed_at IS NOT NULL
            OR (told_at IS NOT NULL AND NOT needs_paper) AS is_told
          FROM (SELECT p.*, ${NEEDS_PAPER} AS needs_paper, ${IS_GONE} AS is_gone
            FROM incident_person AS p
            WHERE incident_id = ${incidentId}::uuid) AS judged) AS seen
        LEFT JOIN facility AS f USING (facility_id)
        GROUP BY kind, f.name ORDER BY kind DESC, f.name`,
    reasons: (incidentId: string, tx: Tx = db) =>
      tx.$queryRaw<{ reason: string; people: number }[]>`
        SELECT reason, count(*)::int AS people
        FROM incident_person, unnest(reasons) AS reason WHERE incident_id = ${incidentId}::uuid
        GROUP BY reason ORDER BY reason`,
    /** Ids and reasons, for the authority. */
    all: (incidentId: string) =>
      db.incidentPerson.findMany({
        where: { incidentId },
        orderBy: [{ kind: 'desc' }, { personId: 'asc' }],
        select: {
          ...{ kind: true, personId: true, reasons: true, isProfessional: true },
          ...{ toldAt: true, printedAt: true, facilityId: true },
        },
      }),
  }
}

/** By mail and at terminals. */
const telling = {
  facilityIds: async (tx: Tx, incidentId: string): Promise<string[]> => {
    const where = { incidentId, facilityId: { not: null } }
    const distinct = ['facilityId' as const]
    const rows = await tx.incidentPerson.findMany({
      where,
      distinct,
      select: { facilityId: true },
    })
    return rows.flatMap(({ facilityId }) => facilityId ?? [])
  },
  /** Who is to be told by mail or at a terminal next; nobody else takes them meanwhile. */
  untold: (tx: Tx, incidentId: string, take: number): Promise<ToldPerson[]> =>
    tx.$queryRaw<ToldPerson[]>`
      SELECT p.kind, p.person_id AS "personId", f.name AS facility, p.reasons,
        COALESCE(v.language, i.language) AS language
      FROM incident_person AS p
      LEFT JOIN facility AS f USING (facility_id)
      LEFT JOIN visitor AS v ON p.kind = 'VISITOR' AND v.visitor_id = p.person_id
      LEFT JOIN inmate AS i ON p.kind = 'INMATE' AND i.inmate_id = p.person_id
      WHERE p.incident_id = ${incidentId}::uuid AND p.told_at IS NULL AND p.kind <> 'STAFF'
        AND ((p.kind = 'VISITOR' AND v.erased_at IS NULL) OR i.custody = 'IN_CUSTODY')
      ORDER BY p.kind, p.person_id LIMIT ${take}
      FOR UPDATE OF p SKIP LOCKED`,
  async setTold(
    tx: Tx,
    { incidentId, personIds, toldAt }: { incidentId: string; personIds: string[]; toldAt: Date },
  ): Promise<void> {
    await tx.incidentPerson.updateMany({
      where: { incidentId, personId: { in: personIds } },
      data: { toldAt },
    })
  },
}

/** On paper. */
const onPaper = {
  /** Puts the next ones on paper, those of an unfinished printing first; at most `take` in all. */
  async beginPrinting(
    tx: Tx,
    { incidentId, take, now }: { incidentId: string; take: number; now: Date },
  ): Promise<void> {
    await tx.$executeRaw`
      UPDATE incident_person SET print_begun_at = ${now}::timestamptz
      WHERE incident_id = ${incidentId}::uuid AND (kind, person_id) IN (
        SELECT p.kind, p.person_id FROM incident_person AS p
        WHERE p.incident_id = ${incidentId}::uuid AND p.printed_at IS NULL AND ${NEEDS_PAPER}
        ORDER BY p.print_begun_at IS NULL, p.kind, p.person_id LIMIT ${take})`
  },
  printing: async (tx: Tx, incidentId: string): Promise<PrintedPerson[]> => {
    const found = await printedRows(tx, incidentId)
    const accountIds = found.flatMap(({ name, personId }) => (name === null ? [personId] : []))
    const accounts = await tx.account.findMany({
      where: { accountId: { in: accountIds } },
      select: { accountId: true, login: true },
    })
    const logins = new Map(accounts.map(({ accountId, login }) => [accountId, login]))
    return found.map((row) => ({ ...row, name: row.name ?? logins.get(row.personId) ?? '' }))
  },
  async setPrinted(tx: Tx, incidentId: string, printedAt: Date): Promise<number> {
    const where = { incidentId, printedAt: null, printBegunAt: { not: null } }
    return (await tx.incidentPerson.updateMany({ where, data: { printedAt } })).count
  },
}

type PrintedRow = Omit<PrintedPerson, 'name'> & {
  /** Null: of an account that is nobody's by name. */
  readonly name: string | null
}

function printedRows(tx: Tx, incidentId: string): Promise<PrintedRow[]> {
  return tx.$queryRaw<PrintedRow[]>`
    SELECT p.kind, p.person_id AS "personId", f.name AS facility, p.reasons,
      COALESCE(v.language, i.language, a.language) AS language,
      COALESCE(v.given_name || ' ' || v.family_name, i.given_name || ' ' || i.family_name,
        o.given_name || ' ' || o.family_name) AS name,
      i.inmate_number || ', ' || i.wing AS place
    FROM incident_person AS p
    LEFT JOIN facility AS f USING (facility_id)
    LEFT JOIN visitor AS v ON p.kind = 'VISITOR' AND v.visitor_id = p.person_id
    LEFT JOIN inmate AS i ON p.kind = 'INMATE' AND i.inmate_id = p.person_id
    LEFT JOIN account AS a ON p.kind = 'STAFF' AND a.account_id = p.person_id
    LEFT JOIN officer AS o ON o.officer_id = a.officer_id
    WHERE p.incident_id = ${incidentId}::uuid AND p.print_begun_at IS NOT NULL
      AND p.printed_at IS NULL
    ORDER BY f.name, p.kind, p.person_id`
}
