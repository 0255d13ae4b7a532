import { Prisma } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import { inmateRow, visitorRow } from './rows.repo.ts'
import type { InmateRowData, VisitorRowData } from './rows.repo.ts'

/** A page of a facility's people by family name; `cursor` is the id of the last one seen. */
export type DirectoryPage = {
  readonly facilityId: string
  readonly patterns: readonly string[]
  readonly cursor: string | null
  readonly take: number
}

/** Searches of a facility's people; all inside the caller's transaction. */
export const directoryRepo = {
  visitors: async (tx: Tx, page: DirectoryPage): Promise<VisitorRowData[]> => {
    const rows = await tx.$queryRaw<{ id: string }[]>(visitorIds(page))
    const ids = rows.map(({ id }) => id)
    const where = { visitorId: { in: ids } }
    const found = await tx.visitor.findMany({ where, select: visitorRow })
    return found.toSorted((a, b) => ids.indexOf(a.visitorId) - ids.indexOf(b.visitorId))
  },
  inmates: async (tx: Tx, page: DirectoryPage): Promise<InmateRowData[]> => {
    const rows = await tx.$queryRaw<{ id: string }[]>(inmateIds(page))
    const ids = rows.map(({ id }) => id)
    const found = await tx.inmate.findMany({ where: { inmateId: { in: ids } }, select: inmateRow })
    return found.toSorted((a, b) => ids.indexOf(a.inmateId) - ids.indexOf(b.inmateId))
  },
  inmateAt: (tx: Tx, facilityId: string, inmateId: string) =>
    tx.inmate.findFirst({
      where: { inmateId, facilityId },
      select: { ...inmateRow, version: true },
    }),
}

/** From the facility's own relationships and requests outwards, each by its index (TR-3). */
export function visitorIds({ facilityId, patterns, cursor, take }: DirectoryPage): Prisma.Sql {
  const matches = patterns.map(
    (pattern) => Prisma.sql`AND (family_name ILIKE ${pattern} OR given_name ILIKE ${pattern})`,
  )
  const after =
    cursor === null
      ? Prisma.empty
      : Prisma.sql`AND (family_name, given_name, visitor_id) > (
          SELECT family_name, given_name, visitor_id FROM visitor
          WHERE visitor_id = ${cursor}::uuid)`
  // As arrays, so that no estimate ever makes a scan of a whole table look cheaper than its index.
  return Prisma.sql`
    SELECT visitor_id::text AS id FROM visitor
    WHERE visitor_id = ANY (ARRAY(
      SELECT visitor_id FROM relationship WHERE inmate_id = ANY (ARRAY(
        SELECT inmate_id FROM inmate WHERE facility_id = ${facilityId}::uuid))
      UNION
      SELECT visitor_id FROM relationship_request
      WHERE facility_id = ${facilityId}::uuid AND state <> 'WITHDRAWN'))
      ${Prisma.join([Prisma.empty, ...matches], ' ')} ${after}
    ORDER BY family_name, given_name, visitor_id LIMIT ${take}`
}

/** A facility's inmates, by the index over facility and family name. */
export function inmateIds({ facilityId, patterns, cursor, take }: DirectoryPage): Prisma.Sql {
  const matches = patterns.map(
    (pattern) => Prisma.sql`AND (family_name ILIKE ${pattern} OR given_name ILIKE ${pattern}
      OR inmate_number ILIKE ${pattern})`,
  )
  const after =
    cursor === null
      ? Prisma.empty
      : Prisma.sql`AND (family_name, given_name, inmate_id) > (
          SELECT family_name, given_name, inmate_id FROM inmate
          WHERE inmate_id = ${cursor}::uuid)`
  return Prisma.sql`
    SELECT inmate_id::text AS id FROM inmate
    WHERE facility_id = ${facilityId}::uuid
      ${Prisma.join([Prisma.empty, ...matches], ' ')} ${after}
    ORDER BY family_name, given_name, inmate_id LIMIT ${take}`
}
