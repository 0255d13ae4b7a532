import type { IdentityCorrection, Prisma, Tx } from '@visavis/prisma'
import { visitorIds } from './directory.repo.ts'
import { visitorRow } from './rows.repo.ts'
import type { VisitorRowData } from './rows.repo.ts'

export type CorrectionRow = IdentityCorrection

const name = {
  visitorId: true,
  givenName: true,
  familyName: true,
} as const satisfies Prisma.VisitorSelect
type VisitorName = Prisma.VisitorGetPayload<{ select: typeof name }>

/** More visitors than any facility has. */
const EVERYBODY = 1_000_000

/** Rows of names and birth dates put right; all inside the caller's transaction. */
export const correctionsRepo = {
  add: (tx: Tx, row: Prisma.IdentityCorrectionUncheckedCreateInput): Promise<CorrectionRow> =>
    tx.identityCorrection.create({ data: row }),
  openOf: (tx: Tx, visitorId: string): Promise<CorrectionRow | null> =>
    tx.identityCorrection.findFirst({ where: { visitorId, state: 'REQUESTED' } }),
  decide: async (
    tx: Tx,
    correctionId: string,
    data: Prisma.IdentityCorrectionUncheckedUpdateInput,
  ): Promise<void> => {
    await tx.identityCorrection.update({
      where: { correctionId },
      data,
      select: { correctionId: true },
    })
  },
  /** EL-3. What was read of the visitor beside an open request is not true any more: it is read anew. */
  renewRequests: async (tx: Tx, visitorId: string): Promise<number> => {
    const renewed = await tx.relationshipRequest.updateMany({
      where: { visitorId, state: 'REQUESTED' },
      data: { version: { increment: 1 } },
    })
    return renewed.count
  },
  /** The names of every visitor that the facility knows, but this one. */
  othersAt: async (tx: Tx, facilityId: string, visitorId: string): Promise<VisitorName[]> => {
    const known = visitorIds({ facilityId, patterns: [], cursor: null, take: EVERYBODY })
    const rows = await tx.$queryRaw<{ id: string }[]>(known)
    const ids = rows.map(({ id }) => id).filter((id) => id !== visitorId)
    return tx.visitor.findMany({ where: { visitorId: { in: ids } }, select: name })
  },
  visitors: (tx: Tx, visitorIds: readonly string[]): Promise<VisitorRowData[]> =>
    tx.visitor.findMany({ where: { visitorId: { in: [...visitorIds] } }, select: visitorRow }),
}
