import { Refusal } from '@visavis/contract/errors'
import { byteRange } from '../../platform/byte-range.ts'
import type { RangeHeaders } from '../../platform/byte-range.ts'
import { openArchive, piecesOf } from '../../platform/sealed-archive.ts'
import { begun } from '../../platform/send-bytes.ts'
import type { AnsweredBytes } from '../../platform/send-bytes.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { dataFileOf, dataStoreKeyOf, stateAt } from './data-export-rules.ts'
import { dataKeyOf } from './data-key.ts'
import { enterDataExport } from './my-data-parts.ts'
import type { MyDataDeps } from './my-data-parts.ts'
import type { StoredDataExport } from './my-data.repo.ts'

/** Who downloads, and what of it: a download that broke off goes on where it stopped. */
export type DataDownload = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly range: RangeHeaders
}
type Part = { readonly start: number; readonly end: number }

/** The archive or a part of it. Refuses EXPORT_EXPIRED and EXPORT_NOT_READY; a Fault when the store does not have it. */
export async function downloadData(
  row: StoredDataExport,
  call: DataDownload,
  deps: MyDataDeps,
): Promise<AnsweredBytes> {
  const { exportId } = row
  const ready = readyPart(row, deps.clock.now())
  const { bytes, sha256: tag, salt } = ready
  const wanted = byteRange(call.range, { bytes, tag })
  const whole = { mimeType: 'application/zip', bytes, tag }
  if (wanted.kind === 'unsatisfiable') return { ...whole, part: null, stream: null }
  const part = wanted.kind === 'part' ? { start: wanted.start, end: wanted.end } : null
  const at = part ?? { start: 0, end: bytes - 1 }
  // The entry is there before the key is, and before the first byte (TR-1).
  await enter(row, { call, at }, deps)
  const key = dataKeyOf(deps.keyRoot, { exportId, salt })
  const archive = { objectId: exportId, file: dataFileOf(exportId), key }
  const file = await openArchive({ ...archive, storeKey: dataStoreKeyOf(exportId) }, deps.store)
  return { ...whole, part, stream: await begun(piecesOf(file, at)) }
}

function readyPart(row: StoredDataExport, now: Date) {
  const { bytes, sha256, keySalt: salt } = row
  const state = stateAt(row, now)
  if (state === 'EXPIRED') throw new Refusal('EXPORT_EXPIRED')
  if (state !== 'READY' || bytes === null || sha256 === null || salt === null) {
    throw new Refusal('EXPORT_NOT_READY')
  }
  return { bytes, sha256, salt }
}

/** Each part has its entry; a download counts where it begins. */
async function enter(
  { exportId, visitorId }: StoredDataExport,
  { call: { actor, requestId }, at }: { call: DataDownload; at: Part },
  deps: MyDataDeps,
): Promise<void> {
  const counted = { downloads: { increment: at.start === 0 ? 1 : 0 } }
  await deps.transact(async (tx) => {
    const isReady = await deps.repo.move(tx, { exportId, from: ['READY'] }, counted)
    if (!isReady) throw new Refusal('EXPORT_EXPIRED')
    const told = { actor: auditActorOf(actor), action: 'dataExport.download', requestId }
    const detail = { fromByte: at.start, toByte: at.end }
    await enterDataExport(tx, deps, { exportId, visitorId, ...told, detail })
  })
}
