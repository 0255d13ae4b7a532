import { canonicalJson } from '@visavis/contract/canonical-json'
import { Refusal, panic } from '@visavis/contract/errors'
import { DamagedBytes } from '@visavis/platform/sealed/damaged-bytes'
import type { Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import { readManifest, signText } from '../recordings/index.ts'
import type { WrappedKey } from '../recordings/index.ts'
import { auditFiles, copyFile, recordingFiles, verifierFile } from './archive-files.ts'
import type { GoingCopy, GoingRecording } from './archive-files.ts'
import { packed } from '../../platform/archive.ts'
import type { ArchiveFile, PackedFile } from '../../platform/archive.ts'
import { sealArchive } from '../../platform/sealed-archive.ts'
import type { SealedFigures } from '../../platform/sealed-archive.ts'
import { EXPORT_LIVES_MS, archiveFileOf, archiveKeyOf } from './export-rules.ts'
import { exportFact } from './exports-parts.ts'
import type { ExportsDeps } from './exports-parts.ts'
import type { KeptVisit, StoredExport } from './exports.repo.ts'
import { paperFiles } from './papers.ts'

/**
 * Puts an approved export together: one archive, sealed as it is written, so that nothing of it is ever in
 * clear on a disk. Safe to run twice; what is damaged or destroyed fails it for good.
 */
export async function buildExport(exportId: string, deps: ExportsDeps): Promise<void> {
  const row = await deps.repo.find(exportId)
  if (row?.state !== 'APPROVED') return
  try {
    await deps.sealAgain(row.visitId)
    await build(row, deps)
  } catch (error) {
    const isForGood = error instanceof DamagedBytes || error instanceof Refusal
    if (!isForGood) throw error
    await fail(row, error instanceof DamagedBytes ? 'DAMAGED' : error.code, deps)
  }
}

type OwnKey = WrappedKey & { readonly key: Uint8Array }
type Going = {
  readonly visit: KeptVisit
  readonly recordings: readonly GoingRecording[]
  readonly copies: readonly GoingCopy[]
}

async function build(row: StoredExport, deps: ExportsDeps): Promise<void> {
  const madeAt = deps.clock.now()
  const expiresAt = new Date(madeAt.getTime() + EXPORT_LIVES_MS)
  const visit = (await deps.repo.visit(row.visitId)) ?? panic('an export without its visit')
  const own = await takeKeys(row, { visit, expiresAt }, deps)
  const going = await openAll(row, visit, deps)
  const made = await make(row, { going, madeAt, own }, deps)
  const isReady = await deps.transact((tx) => ready(tx, { row, own, made, expiresAt }, deps))
  if (!isReady) await deps.store.remove(archiveKeyOf(row))
}

/** The archive, in the object store; the keys are forgotten, whatever came of it. */
async function make(
  row: StoredExport,
  { going, madeAt, own }: { going: Going; madeAt: Date; own: OwnKey },
  deps: ExportsDeps,
): Promise<SealedFigures> {
  try {
    const files = await filesOf(row, going, deps)
    const contents = (all: readonly PackedFile[]) => contentsOf(row, { madeAt, all }, deps)
    const archive = packed({ files, madeAt, last: { name: 'contents.json', of: contents } })
    const { exportId } = row
    const sealed = {
      objectId: exportId,
      file: archiveFileOf(exportId),
      storeKey: archiveKeyOf(row),
    }
    return await sealArchive(archive, { ...sealed, key: own.key }, deps.store)
  } finally {
    for (const { key } of [...going.recordings, ...going.copies, own]) key.fill(0)
  }
}

/** The archive's own key, and the entries of the keys that will be opened: before any is (TR-1). */
function takeKeys(
  row: StoredExport,
  { visit, expiresAt }: { visit: KeptVisit; expiresAt: Date },
  { transact, keys, audit }: ExportsDeps,
): Promise<OwnKey> {
  const { exportId, visitId } = row
  const { facilityId } = visit
  return transact(async (tx) => {
    const recordings = visit.recordings.map(({ recordingId: objectId }) => ({
      type: 'recording',
      objectId,
    }))
    const copies = row.derivativeIds.map((objectId) => ({ type: 'derivative', objectId }))
    for (const object of [...recordings, ...copies]) {
      await audit.append(tx, {
        ...exportFact(row, { actor: SERVER, action: 'recording.key', detail: { exportId } }),
        object: { ...object, visitId },
      })
    }
    return keys.create(tx, { objectId: exportId, facilityId, destroyAfter: expiresAt })
  })
}

async function openAll(row: StoredExport, visit: KeptVisit, { keys }: ExportsDeps): Promise<Going> {
  const { facilityId, visitId } = visit
  const recordings = await Promise.all(
    visit.recordings.flatMap(({ recordingId, key, manifests: [signed], destroyedAt }) => {
      if (!signed || destroyedAt !== null) return []
      if (!key) throw new Refusal('RECORDING_DESTROYED')
      const { bytes } = signed
      const manifest = readManifest(bytes)
      const opening = keys.open({ objectId: recordingId, facilityId, ...key })
      return [opening.then((open): GoingRecording => ({ manifest, bytes, key: open }))]
    }),
  )
  const proofs = recordings.flatMap(({ manifest }) => manifest.derived)
  const copies = await Promise.all(
    row.derivativeIds.map(async (derivativeId): Promise<GoingCopy> => {
      const kept = visit.derivatives.find((one) => one.derivativeId === derivativeId)
      const file = proofs.find((one) => one.derivativeId === derivativeId)?.file
      if (!file || !kept?.kekId || !kept.wrapped) throw new Refusal('RECORDING_DESTROYED')
      const { kekId, wrapped } = kept
      const key = await keys.open({ objectId: derivativeId, facilityId, kekId, wrapped })
      return { derivativeId, visitId, file, key }
    }),
  )
  return { visit, recordings, copies }
}

async function filesOf(row: StoredExport, going: Going, deps: ExportsDeps): Promise<ArchiveFile[]> {
  const { visit, recordings, copies } = going
  const manifests = recordings.map(({ manifest, bytes }) => ({ manifest, bytes }))
  const { issuer, key, clock } = deps
  const about = { row, visit, manifests, issuer, fingerprint: key.fingerprint, madeAt: clock.now() }
  return [
    ...(await paperFiles(about)),
    await verifierFile(deps.verifierFile),
    ...auditFiles(await deps.auditProofs.ofVisit(visit, key)),
    ...recordings.flatMap((recording) => recordingFiles(recording, deps.store)),
    ...copies.map((copy) => copyFile(copy, deps.store)),
  ]
}

/** What is in the archive, signed: nothing can be taken out, put in or changed unseen. */
function contentsOf(
  { exportId, visitId, visit }: StoredExport,
  { madeAt, all }: { madeAt: Date; all: readonly PackedFile[] },
  { key, issuer }: ExportsDeps,
): Buffer {
  const text = canonicalJson({
    ...{ v: 1, type: 'visavis.export', exportId, visitId, facilityId: visit.facilityId, issuer },
    issuedAt: madeAt.toISOString(),
    files: all.map((file) => ({ ...file })),
  })
  return signText('contents', text, key).bytes
}

type Ready = {
  readonly row: StoredExport
  readonly own: OwnKey
  readonly made: SealedFigures
  readonly expiresAt: Date
}

async function ready(tx: Tx, { row, own, made, expiresAt }: Ready, deps: ExportsDeps) {
  const { exportId } = row
  const { kekId, wrapped } = own
  const { bytes, sha256 } = made
  const isMine = await deps.repo.move(
    tx,
    { exportId, from: ['APPROVED'] },
    {
      ...{ state: 'READY', file: archiveFileOf(exportId), bytes: BigInt(bytes), sha256 },
      ...{ kekId, wrapped, expiresAt },
    },
  )
  const detail = { bytes, sha256 }
  if (isMine) {
    await deps.audit.append(tx, exportFact(row, { actor: SERVER, action: 'export.make', detail }))
  }
  return isMine
}

async function fail(row: StoredExport, reason: string, deps: ExportsDeps): Promise<void> {
  const { exportId, visitId, visit } = row
  await deps.transact(async (tx) => {
    const isMine = await deps.repo.move(tx, { exportId, from: ['APPROVED'] }, { state: 'FAILED' })
    if (!isMine) return
    const task = { facilityId: visit.facilityId, visitId, kind: 'RECORDING_ALARM' } as const
    await deps.tasks.open(tx, { ...task, suggestion: 'REVIEW', dueAt: deps.clock.now() })
    const fact = { actor: SERVER, action: 'export.fail', outcome: 'error', reason } as const
    await deps.audit.append(tx, exportFact(row, fact))
  })
  deps.log.error({ exportId, visitId, reason }, 'an export could not be made')
}
