import type { Database, Prisma, Tx } from '@visavis/prisma'
import type { PersonName } from '@visavis/contract/person-names'
import type { ErasureFacts, ErasureRow, LawObstacle } from './erasure-rules.ts'

/** An open wish with the person's name. */
export type NamedErasure = ErasureRow & { readonly visitor: PersonName }

const columns = {
  ...{ erasureId: true, visitorId: true, state: true },
  ...{ askedAt: true, dueAt: true, keptReason: true },
} as const satisfies Prisma.ErasureSelect

/** Rows of wishes to be erased; inside the caller's transaction where it says `tx`. */
export const erasureRepo = {
  newestOf: (tx: Tx, visitorId: string): Promise<ErasureRow | null> =>
    tx.erasure.findFirst({
      where: { visitorId },
      orderBy: [{ askedAt: 'desc' }, { erasureId: 'desc' }],
      select: columns,
    }),
  find: (tx: Tx, erasureId: string): Promise<ErasureRow | null> =>
    tx.erasure.findUnique({ where: { erasureId }, select: columns }),
  /** False: there is an open one. */
  add: async (tx: Tx, row: Prisma.ErasureCreateManyInput): Promise<boolean> =>
    (await tx.erasure.createMany({ data: [row], skipDuplicates: true })).count === 1,
  /** Compare-and-set; false: it is not open any more. */
  decide: async (
    tx: Tx,
    erasureId: string,
    data: Prisma.ErasureUncheckedUpdateManyInput,
  ): Promise<boolean> =>
    (await tx.erasure.updateMany({ where: { erasureId, state: 'ASKED' }, data })).count === 1,
  due: (db: Database, now: Date): Promise<ErasureRow[]> =>
    db.erasure.findMany({
      where: { state: 'ASKED', dueAt: { lte: now } },
      orderBy: { dueAt: 'asc' },
      select: columns,
    }),
  open: (tx: Tx, now: Date): Promise<NamedErasure[]> =>
    tx.erasure.findMany({
      where: { state: 'ASKED', dueAt: { lte: now } },
      orderBy: { askedAt: 'asc' },
      select: { ...columns, visitor: { select: { givenName: true, familyName: true } } },
    }),
  /** The person and the children under their guardianship, whom nobody else speaks for. */
  familyOf: async (tx: Tx, visitorId: string): Promise<string[]> => {
    const where = { OR: [{ visitorId }, { guardianId: visitorId }] }
    const rows = await tx.visitor.findMany({ where, select: { visitorId: true } })
    return rows.map((row) => row.visitorId)
  },
  facts,
  /** Visitors and accounts whose keys are to be gone. */
  erasedOwners: async (db: Database): Promise<string[]> => {
    const rows = await db.visitor.findMany({
      where: { erasedAt: { not: null } },
      select: { visitorId: true, accounts: { select: { accountId: true } } },
    })
    return rows.flatMap(({ visitorId, accounts }) => [
      visitorId,
      ...accounts.map(({ accountId }) => accountId),
    ])
  },
}

async function facts(tx: Tx, visitorIds: readonly string[], now: Date): Promise<ErasureFacts> {
  const ids = [...visitorIds]
  const obstacles = await tx.$queryRaw<LawObstacle[]>`
    SELECT DISTINCT 'LEGAL_HOLD' AS kind, visit.facility_id AS "facilityId"
    FROM legal_hold JOIN visit USING (visit_id) JOIN seat USING (visit_id)
    WHERE legal_hold.released_at IS NULL AND seat.visitor_id = ANY (${ids}::uuid[])
    UNION SELECT 'RESTRICTION', facility_id FROM restriction
    WHERE visitor_id = ANY (${ids}::uuid[]) AND lifted_at IS NULL
      AND (ends_at IS NULL OR ends_at > ${now}::timestamptz)
    UNION SELECT 'RESTRICTION', facility_id FROM non_association
    WHERE (one_id = ANY (${ids}::uuid[]) OR other_id = ANY (${ids}::uuid[]))
      AND lifted_at IS NULL`
  const ahead = await tx.visit.count({
    where: {
      bookingState: { in: ['HELD', 'REQUESTED', 'CONFIRMED'] },
      endsAt: { gt: now },
      seats: { some: { visitorId: { in: ids } } },
    },
  })
  return { obstacles, hasVisitsAhead: ahead > 0 }
}
