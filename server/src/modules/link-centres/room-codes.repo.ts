import type { Tx } from '@visavis/prisma'

/** Rows of one-time codes for room devices; all of them inside the caller's transaction. */
export const roomCodesRepo = {
  codeByHash: (tx: Tx, codeHash: string) =>
    tx.roomCode.findUnique({
      where: { codeHash },
      select: {
        roomCodeId: true,
        linkCentreRoomId: true,
        visitId: true,
        expiresAt: true,
        usedAt: true,
        visit: { select: { facilityId: true } },
      },
    }),
  /** Only the newest code of a visit counts: a slip of paper that was lost is void. */
  voidCodes: (tx: Tx, visitId: string, now: Date) =>
    tx.roomCode.updateMany({
      where: { visitId, usedAt: null, expiresAt: { gt: now } },
      data: { expiresAt: now },
    }),
  addCode: (
    tx: Tx,
    code: {
      roomCodeId: string
      linkCentreRoomId: string
      visitId: string
      codeHash: string
      createdAt: Date
      expiresAt: Date
      createdBy: string
    },
  ) => tx.roomCode.create({ data: code, select: { roomCodeId: true } }),
  /** Compare and set: of two devices with one code, the second one is told false. */
  useCode: async (tx: Tx, roomCodeId: string, usedAt: Date) => {
    const used = await tx.roomCode.updateMany({
      where: { roomCodeId, usedAt: null, expiresAt: { gt: usedAt } },
      data: { usedAt },
    })
    return used.count === 1
  },
}

export type RoomCodesRepo = typeof roomCodesRepo
