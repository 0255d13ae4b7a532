import type { Database, Prisma, Tx } from '@visavis/prisma'
import { facilityLog, newId } from '@visavis/prisma'
import type { ManifestGap } from '@visavis/contract/recording-manifest'
import { z } from 'zod'

/** A manifest as it was signed. */
export type ManifestRow = {
  readonly recordingId: string
  readonly number: number
  readonly issuedAt: Date
  readonly sha256: string
  readonly publicKey: string
  readonly root: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const Entry = z.object({ object: z.object({ objectId: z.string() }) })

const PROOFS = {
  facilityId: true,
  recordings: {
    orderBy: [{ epoch: 'asc' }, { startedAt: 'asc' }],
    select: {
      recordingId: true,
      epoch: true,
      manifests: {
        orderBy: { number: 'desc' },
        take: 1,
        select: { sha256: true, issuedAt: true, number: true },
      },
      checks: {
        orderBy: { checkedAt: 'desc' },
        take: 1,
        select: { checkedAt: true, isOk: true, finding: true },
      },
    },
  },
} as const satisfies Prisma.VisitSelect

export type ManifestRepo = ReturnType<typeof createManifestRepo>

/** Signed manifests, the gaps that they declare, and where their recordings stand in the audit log. */
export function createManifestRepo(db: Database) {
  return {
    /** Until the commit nobody else works on this visit's gaps and manifests. */
    async lock(tx: Tx, visitId: string): Promise<void> {
      await tx.$executeRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(${`manifest/${visitId}`}, 0))`
    },
    newest: (recordingId: string, tx: Tx = db): Promise<ManifestRow | null> =>
      tx.recordingManifest.findFirst({ where: { recordingId }, orderBy: { number: 'desc' } }),
    async add(tx: Tx, row: ManifestRow): Promise<void> {
      await tx.recordingManifest.create({ data: row, select: { recordingId: true } })
    },
    async replaceGaps(tx: Tx, visitId: string, gaps: readonly ManifestGap[]): Promise<void> {
      await tx.recordingGap.deleteMany({ where: { visitId } })
      await tx.recordingGap.createMany({
        data: gaps.map(({ from, to, cause, seatId = null, kind = null }) => ({
          ...{ gapId: newId(), visitId, fromAt: new Date(from), toAt: new Date(to) },
          ...{ cause, seatId, kind },
        })),
      })
    },
    auditNumbers,
    /** A visit with its recordings, and of each the newest manifest and check. */
    proofsOf: (visitId: string) =>
      db.visit.findUnique({
        where: { visitId },
        select: PROOFS,
      }),
  }
}

const OPENED = 'recording.open'
/** The entry by which a recording's files were taken in. */
export const SEALED = 'recording.sealed'

type InLog = { readonly facilityId: string; readonly visitId: string; readonly recordingId: string }

/** Numbers of the entries of a recording's opening and taking in, in their facility's log; 0: none. */
async function auditNumbers(tx: Tx, { facilityId, visitId, recordingId }: InLog) {
  const log = facilityLog(facilityId)
  const rows = await tx.auditEntry.findMany({
    where: { log, visitId, action: { in: [OPENED, SEALED] } },
    orderBy: { seq: 'asc' },
    select: { seq: true, action: true, bytes: true },
  })
  const own = rows.filter(({ bytes }) => objectOf(bytes) === recordingId)
  const numberOf = (action: string): number =>
    Number(own.find((row) => row.action === action)?.seq ?? 0)
  return { log, opened: numberOf(OPENED), sealed: numberOf(SEALED) }
}

function objectOf(bytes: Uint8Array): string | null {
  return Entry.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data?.object.objectId ?? null
}
