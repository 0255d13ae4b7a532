import type { Prisma, Professional, Tx } from '@visavis/prisma'

const profile = {
  include: {
    documents: { where: { removedAt: null }, orderBy: { kind: 'asc' } },
    professional: true,
    corrections: { where: { state: 'REQUESTED' } },
    guardian: { select: { visitorId: true, givenName: true, familyName: true } },
  },
} as const satisfies Prisma.VisitorDefaultArgs
export type ProfileRow = Prisma.VisitorGetPayload<typeof profile>
export type ProfessionalRow = Professional

/** Rows of visitors and what they have shown of themselves; all inside the caller's transaction. */
export const profileRepo = {
  /** Nobody else writes about this visitor until the transaction ends. False: there is no such visitor. */
  lock: async (tx: Tx, visitorId: string): Promise<boolean> => {
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM visitor WHERE visitor_id = ${visitorId}::uuid FOR NO KEY UPDATE`
    return rows.length === 1
  },
  profile: (tx: Tx, visitorId: string): Promise<ProfileRow | null> =>
    tx.visitor.findUnique({ where: { visitorId }, ...profile }),
  /** Under the lock: every change of a visitor is a new version. */
  change: (
    tx: Tx,
    visitorId: string,
    data: Prisma.VisitorUncheckedUpdateInput,
  ): Promise<ProfileRow> =>
    tx.visitor.update({
      where: { visitorId },
      data: { ...data, version: { increment: 1 } },
      ...profile,
    }),
  setAccountLanguage: async (tx: Tx, visitorId: string, language: string): Promise<void> => {
    await tx.account.updateMany({ where: { visitorId }, data: { language } })
  },
  professional: (tx: Tx, visitorId: string): Promise<ProfessionalRow | null> =>
    tx.professional.findUnique({ where: { visitorId } }),
  /** False: the number is another's. */
  putProfessional: async (
    tx: Tx,
    row: Pick<ProfessionalRow, 'visitorId' | 'kind' | 'registerName' | 'registerNumber'>,
  ): Promise<boolean> => {
    const { visitorId, registerName, registerNumber } = row
    const holder = await tx.professional.findUnique({
      where: { registerName_registerNumber: { registerName, registerNumber } },
      select: { visitorId: true },
    })
    if (holder !== null && holder.visitorId !== visitorId) return false
    const fresh = { state: 'SUBMITTED', verifiedBy: null, verifiedAt: null } as const
    const data = { ...row, ...fresh, validUntil: null, rejectedReason: null }
    await tx.professional.upsert({
      where: { visitorId },
      create: data,
      update: { ...data, version: { increment: 1 } },
    })
    return true
  },
  decideProfessional: async (
    tx: Tx,
    visitorId: string,
    data: Prisma.ProfessionalUncheckedUpdateInput,
  ): Promise<void> => {
    await tx.professional.update({
      where: { visitorId },
      data: { ...data, version: { increment: 1 } },
      select: { visitorId: true },
    })
  },
}
