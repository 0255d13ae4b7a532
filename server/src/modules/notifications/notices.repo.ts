import type { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'

const READER = {
  select: {
    visitorId: true,
    givenName: true,
    email: true,
    phone: true,
    language: true,
    timeZone: true,
  },
} as const

/** A visitor as a reader. */
export type VisitorReader = Prisma.VisitorGetPayload<typeof READER>

/** What is told about a visit, and to whom. */
export type ToldVisit = {
  readonly visitId: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly version: number
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly facility: { readonly name: string; readonly timeZone: string }
  readonly inmate: {
    readonly inmateId: string
    readonly givenName: string
    readonly language: string
  }
  readonly terminal: { readonly name: string }
  readonly linkCentre: { readonly name: string; readonly address: string } | null
  readonly visitors: readonly VisitorReader[]
}

/** A row to be written. */
export type NewRow = Prisma.NoticeCreateManyInput

/** Rows of notices, in the transaction of what they are about. */
export const noticesRepo = {
  visitor: (tx: Tx, visitorId: string) =>
    tx.visitor.findUnique({ where: { visitorId }, ...READER }),
  inmate: (tx: Tx, inmateId: string) =>
    tx.inmate.findUnique({
      where: { inmateId },
      select: { language: true, facility: { select: { timeZone: true } } },
    }),
  visit,
  /** Adds rows whose key is new; ids of those. */
  add,
  /** Takes back what was not told yet; at the terminal, what was not read yet. */
  cancel: (tx: Tx, visitId: string, kinds: readonly string[]) =>
    tx.notice.updateMany({
      where: {
        visitId,
        kind: { in: [...kinds] },
        OR: [{ state: 'QUEUED' }, { state: 'SENT', channel: 'TERMINAL' }],
      },
      data: { state: 'CANCELLED' },
    }),
}

/** In one statement: each confirmation asks for it. */
async function visit(tx: Tx, visitId: string): Promise<ToldVisit | null> {
  const [row] = await tx.$queryRaw<ToldVisit[]>`
    SELECT v.visit_id AS "visitId", v.starts_at AS "startsAt", v.ends_at AS "endsAt", v.version,
      v.place::text AS place,
      json_build_object('name', f.name, 'timeZone', f.time_zone) AS facility,
      json_build_object('inmateId', i.inmate_id, 'givenName', i.given_name, 'language', i.language)
        AS inmate,
      json_build_object('name', t.name) AS terminal,
      CASE WHEN c.link_centre_id IS NOT NULL THEN
        json_build_object('name', c.name, 'address', c.address) END AS "linkCentre",
      (SELECT coalesce(json_agg(json_build_object('visitorId', p.visitor_id,
          'givenName', p.given_name, 'email', p.email, 'phone', p.phone, 'language', p.language,
          'timeZone', p.time_zone) ORDER BY x.seat_id), '[]')
        FROM seat x JOIN visitor p ON p.visitor_id = x.visitor_id
        WHERE x.visit_id = v.visit_id) AS visitors
    FROM visit v
    JOIN facility f ON f.facility_id = v.facility_id
    JOIN inmate i ON i.inmate_id = v.inmate_id
    JOIN terminal t ON t.terminal_id = v.terminal_id
    LEFT JOIN link_centre_room r ON r.link_centre_room_id = v.link_centre_room_id
    LEFT JOIN link_centre c ON c.link_centre_id = r.link_centre_id
    WHERE v.visit_id = ${visitId}::uuid`
  return row ?? null
}

async function add(tx: Tx, rows: readonly NewRow[]): Promise<string[]> {
  const added = await tx.notice.createManyAndReturn({
    data: [...rows],
    skipDuplicates: true,
    select: { noticeId: true },
  })
  return added.map(({ noticeId }) => noticeId)
}
