import type { Tx } from '@visavis/prisma'

/** Rows of one-time codes and of what they enrol; all of them inside the caller's transaction. */
export const enrolmentRepo = {
  codeByHash: (tx: Tx, codeHash: string) =>
    tx.terminalEnrolment.findUnique({
      where: { codeHash },
      select: {
        enrolmentId: true,
        expiresAt: true,
        usedAt: true,
        terminal: { select: { terminalId: true, facilityId: true, disabledAt: true } },
      },
    }),
  /** Only the newest code of a terminal counts: a slip of paper that was lost is void. */
  voidCodes: (tx: Tx, terminalId: string, now: Date) =>
    tx.terminalEnrolment.updateMany({
      where: { terminalId, usedAt: null, expiresAt: { gt: now } },
      data: { expiresAt: now },
    }),
  addCode: (
    tx: Tx,
    code: {
      enrolmentId: string
      terminalId: string
      codeHash: string
      createdAt: Date
      expiresAt: Date
      createdBy: string
    },
  ) => tx.terminalEnrolment.create({ data: code, select: { enrolmentId: true } }),
  /** Compare and set: of two devices with one code, the second one is told false. */
  useCode: async (tx: Tx, enrolmentId: string, usedAt: Date) => {
    const used = await tx.terminalEnrolment.updateMany({
      where: { enrolmentId, usedAt: null, expiresAt: { gt: usedAt } },
      data: { usedAt },
    })
    return used.count === 1
  },
}

export type EnrolmentRepo = typeof enrolmentRepo
