import { CensusLine } from '@visavis/contract/census'
import type { Database } from '@visavis/prisma'
import type { Tx } from '../../platform/transact.ts'
import type { StoredLine } from './certificate.ts'

const VISIT = {
  visitId: true,
  facilityId: true,
  inmateId: true,
  visitClass: true,
  monitor: true,
  isRecorded: true,
  startsAt: true,
  endsAt: true,
  seats: { select: { visitorId: true, inmateId: true } },
  session: {
    select: { state: true, endedAt: true, outcome: true, deliveredMs: true, mediaNode: true },
  },
  facility: { select: { name: true, timeZone: true } },
} as const

/** A certificate as it is kept. */
export type IssuedRow = {
  readonly visitId: string
  readonly number: number
  readonly issuedAt: Date
  readonly lineCount: number
  readonly publicKey: string
  readonly sha256: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What a certificate is made of. */
export type CertificatesRepo = ReturnType<typeof createCertificatesRepo>
export type CertifiedVisit = NonNullable<Awaited<ReturnType<CertificatesRepo['visit']>>>

export function createCertificatesRepo(db: Database) {
  return {
    visit: (visitId: string) => db.visit.findUnique({ where: { visitId }, select: VISIT }),
    /** The stored census, in order. */
    async lines(visitId: string, tx: Tx = db): Promise<StoredLine[]> {
      const rows = await tx.censusEntry.findMany({
        where: { visitId },
        orderBy: [{ epoch: 'asc' }, { seq: 'asc' }],
        select: { bytes: true, hash: true },
      })
      return rows.map(({ bytes, hash }) => {
        const text = new TextDecoder().decode(bytes)
        return { text, hash, line: CensusLine.parse(JSON.parse(text)) }
      })
    },
    /** When media first and last flowed; null where it never did. */
    async mediaTimes(visitId: string): Promise<{ mediaFrom: Date | null; mediaTo: Date | null }> {
      const rows = await db.flowStretch.findMany({
        where: { visitId, isFlowing: true },
        select: { fromMs: true, ms: true },
      })
      if (rows.length === 0) return { mediaFrom: null, mediaTo: null }
      const from = Math.min(...rows.map(({ fromMs }) => Number(fromMs)))
      const to = Math.max(...rows.map(({ fromMs, ms }) => Number(fromMs) + ms))
      return { mediaFrom: new Date(from), mediaTo: new Date(to) }
    },
    /** Rows that no privileged visit may have; the database refuses the first two anyway. */
    async rows(visitId: string) {
      const [recordings, observations, alarms] = await Promise.all([
        db.recording.count({ where: { visitId } }),
        db.observation.count({ where: { visitId } }),
        db.auditEntry.count({ where: { visitId, action: 'room.violated' } }),
      ])
      return { recordings, observations, alarms }
    },
    newest: (visitId: string, tx: Tx = db): Promise<IssuedRow | null> =>
      tx.certificate.findFirst({ where: { visitId }, orderBy: { number: 'desc' } }),
    /** Until the commit nobody else issues one for this visit. */
    async lock(tx: Tx, visitId: string): Promise<void> {
      await tx.$executeRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(${`certificate/${visitId}`}, 0))`
    },
    async add(tx: Tx, row: IssuedRow): Promise<void> {
      await tx.certificate.create({ data: row, select: { visitId: true } })
    },
    /** Every public key that ever signed here. */
    async usedKeys(): Promise<string[]> {
      const rows = await db.certificate.findMany({
        distinct: ['publicKey'],
        select: { publicKey: true },
      })
      return rows.map(({ publicKey }) => publicKey)
    },
  }
}
