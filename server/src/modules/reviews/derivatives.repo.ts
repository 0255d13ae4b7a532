import type { Database, Prisma, Tx } from '@visavis/prisma'
import { RECORDINGS } from './visits.repo.ts'

const LISTED = {
  derivativeId: true,
  visitId: true,
  kind: true,
  state: true,
  share: true,
  fromMs: true,
  toMs: true,
  proof: true,
  kekId: true,
  wrapped: true,
  askedAt: true,
  askedBy: true,
  asker: { select: { login: true, officer: { select: { givenName: true, familyName: true } } } },
} as const satisfies Prisma.DerivativeSelect

const ASKED = {
  ...LISTED,
  visit: {
    select: {
      visitId: true,
      facilityId: true,
      facility: { select: { timeZone: true } },
      recordings: RECORDINGS,
    },
  },
} as const satisfies Prisma.DerivativeSelect

export type DerivativeRow = Prisma.DerivativeGetPayload<{ select: typeof LISTED }>
/** A copy that is to be made, with what it is made from. */
export type AskedDerivative = Prisma.DerivativeGetPayload<{ select: typeof ASKED }>

type State = DerivativeRow['state']
const UNDER_WAY: State[] = ['WAITING', 'BEING_MADE']

/** Rows of copies. */
export type DerivativesRepo = ReturnType<typeof createDerivativesRepo>

export function createDerivativesRepo(db: Database) {
  return {
    ofVisit: (visitId: string): Promise<DerivativeRow[]> =>
      db.derivative.findMany({
        where: { visitId },
        orderBy: [{ askedAt: 'asc' }, { derivativeId: 'asc' }],
        select: LISTED,
      }),
    one: (on: Tx | Database, derivativeId: string): Promise<AskedDerivative | null> =>
      on.derivative.findUnique({ where: { derivativeId }, select: ASKED }),
    /** The same stretch, made or on its way; until the commit nobody else asks for one of the visit. */
    sameOf: async (tx: Tx, asked: Stretch): Promise<DerivativeRow | null> => {
      const { visitId, kind, fromMs, toMs } = asked
      await tx.$executeRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(${`derivatives/${visitId}`}, 0))`
      return tx.derivative.findFirst({
        where: { visitId, kind, fromMs, toMs, state: { not: 'FAILED' }, wrapped: { not: null } },
        select: LISTED,
      })
    },
    /** False when one of the recordings has been destroyed meanwhile; else they stay until the commit. */
    holdKeys: async (tx: Tx, recordingIds: readonly string[]): Promise<boolean> => {
      const rows = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM recording_key WHERE recording_id = ANY (${[...recordingIds]}::uuid[]) FOR SHARE`
      return rows.length === recordingIds.length
    },
    add: (tx: Tx, row: Prisma.DerivativeUncheckedCreateInput): Promise<DerivativeRow> =>
      tx.derivative.create({ data: row, select: LISTED }),
    /** Those that wait; with `isAll`, those that a recorder was asked for before, too. The oldest first. */
    open: async ({ isAll }: { isAll: boolean }): Promise<string[]> => {
      const rows = await db.derivative.findMany({
        where: { state: { in: isAll ? UNDER_WAY : ['WAITING'] } },
        orderBy: [{ askedAt: 'asc' }, { derivativeId: 'asc' }],
        select: { derivativeId: true },
      })
      return rows.map(({ derivativeId }) => derivativeId)
    },
    ...createEnds(db),
  }
}

/** What becomes of a copy; each is false when it is made, failed or gone already. */
function createEnds(db: Database) {
  const changed = async (
    on: Tx | Database,
    derivativeId: string,
    data: Prisma.DerivativeUpdateManyMutationInput,
  ): Promise<boolean> => {
    const where = { derivativeId, state: { in: UNDER_WAY } }
    const { count } = await on.derivative.updateMany({ where, data })
    return count === 1
  }
  return {
    begun: (derivativeId: string) => changed(db, derivativeId, { state: 'BEING_MADE' }),
    progress: (derivativeId: string, share: number) =>
      changed(db, derivativeId, { state: 'BEING_MADE', share }),
    made: (tx: Tx, derivativeId: string, end: { madeAt: Date; proof: Prisma.InputJsonObject }) =>
      changed(tx, derivativeId, { state: 'MADE', share: 1000, ...end }),
    failed: (tx: Tx, derivativeId: string, failure: string) =>
      changed(tx, derivativeId, { state: 'FAILED', failure }),
  }
}

/** A copy as it is asked for, in the visit's line of time. */
export type Stretch = {
  readonly visitId: string
  readonly kind: DerivativeRow['kind']
  readonly fromMs: number
  readonly toMs: number
}
