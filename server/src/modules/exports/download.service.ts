import { Refusal } from '@visavis/contract/errors'
import type { SealedFile } from '@visavis/platform/sealed/sealed-file'
import { byteRange } from '../../platform/byte-range.ts'
import type { RangeHeaders } from '../../platform/byte-range.ts'
import { openArchive, piecesOf } from '../../platform/sealed-archive.ts'
import { begun } from '../../platform/send-bytes.ts'
import type { AnsweredBytes } from '../../platform/send-bytes.ts'
import { requireAllowed } from '../access/index.ts'
import { auditActorOf, requireReach } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { archiveFileOf, archiveKeyOf } from './export-rules.ts'
import { exportFact } from './exports-parts.ts'
import type { ExportsDeps } from './exports-parts.ts'
import type { StoredExport } from './exports.repo.ts'

/** Who downloads, and what of it: a download that broke off goes on where it stopped. */
export type DownloadCall = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly range: RangeHeaders
}
type Part = { readonly start: number; readonly end: number }
type Ready = StoredExport & { readonly bytes: bigint; readonly sha256: string }

const MIME_TYPE = 'application/zip'

/**
 * The archive, or the part of it that was asked for, to who asked for the export. Refuses NOT_FOUND,
 * EXPORT_EXPIRED and RECORDING_NOT_READY; a Fault when the object store does not have it.
 */
export async function downloadExport(
  exportId: string,
  call: DownloadCall,
  deps: ExportsDeps,
): Promise<AnsweredBytes> {
  const { actor, range } = call
  const row = await deps.repo.find(exportId, { reach: requireReach(actor) })
  if (!row) throw new Refusal('NOT_FOUND')
  const { facilityId } = row.visit
  requireAllowed(actor, 'export.download', { facilityId, by: row.asker, absent: 'NOT_FOUND' })
  requireReady(row, deps.clock.now())
  const [bytes, tag] = [Number(row.bytes), row.sha256]
  const wanted = byteRange(range, { bytes, tag })
  const whole = { mimeType: MIME_TYPE, bytes, tag }
  if (wanted.kind === 'unsatisfiable') return { ...whole, part: null, stream: null }
  const part = wanted.kind === 'part' ? { start: wanted.start, end: wanted.end } : null
  const { start, end } = part ?? { start: 0, end: bytes - 1 }
  // The entry is there before the key is, and before the first byte (TR-1).
  await enter(row, { call, at: { start, end } }, deps)
  const file = await openOne(row, deps)
  return { ...whole, part, stream: await begun(piecesOf(file, { start, end })) }
}

function requireReady(row: StoredExport, now: Date): asserts row is Ready {
  const { state, expiresAt, bytes, sha256 } = row
  if (state === 'EXPIRED' || (expiresAt !== null && expiresAt <= now)) {
    throw new Refusal('EXPORT_EXPIRED')
  }
  const isReady = state === 'READY' && bytes !== null && sha256 !== null
  if (!isReady) throw new Refusal('RECORDING_NOT_READY')
}

/** Each part has its entry; a download counts where it begins. */
async function enter(
  row: Ready,
  { call, at }: { call: DownloadCall; at: Part },
  { repo, transact, audit }: ExportsDeps,
): Promise<void> {
  const { exportId, bytes } = row
  const { actor, requestId } = call
  const counted = at.start === 0 ? 1 : 0
  const detail = { fromByte: at.start, toByte: at.end, of: Number(bytes) }
  await transact(async (tx) => {
    const isReady = await repo.move(
      tx,
      { exportId, from: ['READY'] },
      { downloads: { increment: counted } },
    )
    if (!isReady) throw new Refusal('EXPORT_EXPIRED')
    const fact = { actor: auditActorOf(actor), action: 'export.download', requestId, detail }
    await audit.append(tx, exportFact(row, fact))
  })
}

async function openOne(row: Ready, { store, keys }: ExportsDeps): Promise<SealedFile> {
  const { exportId, kekId, wrapped } = row
  if (kekId === null || wrapped === null) throw new Refusal('EXPORT_EXPIRED')
  const { facilityId } = row.visit
  const key = await keys.open({ objectId: exportId, facilityId, kekId, wrapped })
  const archive = { objectId: exportId, file: archiveFileOf(exportId), storeKey: archiveKeyOf(row) }
  return openArchive({ ...archive, key }, store)
}
