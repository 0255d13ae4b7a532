import type { DocumentRow } from './documents.repo.ts'
import type { Tx } from '@visavis/prisma'

/** Documents that show a face, the best first. */
export const FACE_KINDS: DocumentRow['kind'][] = ['PHOTO', 'ID_FRONT']

/** Rows behind the picture of somebody in a visit; all inside the caller's transaction. */
export const seatPictureRepo = {
  seat: async (tx: Tx, { visitId, seatId }: { visitId: string; seatId: string }) => {
    const seat = await tx.seat.findFirst({
      where: { visitId, seatId },
      select: {
        visitorId: true,
        state: true,
        visit: { select: { facilityId: true, session: { select: { state: true } } } },
      },
    })
    if (!seat) return null
    const { visitorId, state, visit } = seat
    return {
      visitorId,
      state,
      facilityId: visit.facilityId,
      isEnded: visit.session?.state === 'ENDED',
    }
  },
  /** The photograph, else the front of the identity document; null: neither is on file. */
  picture: async (tx: Tx, visitorId: string): Promise<DocumentRow | null> => {
    const rows = await tx.identityDocument.findMany({
      where: { visitorId, removedAt: null, kind: { in: FACE_KINDS } },
    })
    return (
      rows.toSorted((a, b) => FACE_KINDS.indexOf(a.kind) - FACE_KINDS.indexOf(b.kind))[0] ?? null
    )
  },
}
