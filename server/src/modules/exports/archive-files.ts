import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { canonicalJson } from '@visavis/contract/canonical-json'
import { Fault } from '@visavis/contract/errors'
import { manifestFileOf } from '@visavis/contract/recording-manifest'
import type { RecordingManifest } from '@visavis/contract/recording-manifest'
import { recordingFolderOf } from '@visavis/contract/recording-result'
import type { FileProof } from '@visavis/contract/recording-result'
import { fileContext } from '@visavis/platform/sealed/cobblestone'
import { openSealedFile } from '@visavis/platform/sealed/sealed-file'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { ProvedEntries } from '../audit-log/index.ts'
import { derivedKeyOf } from '../recordings/index.ts'
import { textFile } from '../../platform/archive.ts'
import type { ArchiveFile } from '../../platform/archive.ts'

/** A recording that goes out, with its key and newest manifest. */
export type GoingRecording = {
  readonly manifest: RecordingManifest
  /** As it was signed. */
  readonly bytes: Uint8Array
  readonly key: Uint8Array
}

/** A copy that goes out, with its own key. */
export type GoingCopy = {
  readonly derivativeId: string
  readonly visitId: string
  readonly file: FileProof
  readonly key: Uint8Array
}

/** Originals as they came, the journal as it is sealed, and the manifest that proves both. */
export function recordingFiles(
  { manifest, bytes, key }: GoingRecording,
  store: ObjectStore,
): ArchiveFile[] {
  const { recordingId, journal, tracks, number } = manifest
  const folder = recordingFolderOf(manifest)
  const inside = `recordings/${recordingId}`
  return [
    textFile(`${inside}/${manifestFileOf(number)}`, Buffer.from(bytes)),
    ...tracks.map(({ master }) =>
      plainFile(master, {
        inside,
        path: `${folder}/${master.file}`,
        objectId: recordingId,
        key,
        store,
      }),
    ),
    {
      name: `${inside}/${journal.file}`,
      bytes: journal.bytes,
      open: () => streamOf(store, `${folder}/${journal.file}`, journal.bytes),
    },
  ]
}

/** A copy in clear. */
export function copyFile(
  { derivativeId, visitId, file, key }: GoingCopy,
  store: ObjectStore,
): ArchiveFile {
  const path = derivedKeyOf(visitId, file.file)
  return plainFile(file, { inside: 'recordings/derived', path, objectId: derivativeId, key, store })
}

type Sealed = {
  /** Its folder in the archive. */
  readonly inside: string
  /** In the object store. */
  readonly path: string
  readonly objectId: string
  readonly key: Uint8Array
  readonly store: ObjectStore
}

function plainFile({ file, bytes, plainBytes }: FileProof, sealed: Sealed): ArchiveFile {
  const { inside, path, objectId, key, store } = sealed
  const own = file.slice(file.lastIndexOf('/') + 1)
  return {
    name: `${inside}/${own.replace(/\.sealed$/, '')}`,
    bytes: plainBytes,
    async open() {
      const readAt = (start: number, end: number) => store.readAt(path, start, end)
      const context = fileContext(objectId, own)
      const opened = await openSealedFile({ readAt, sealedBytes: bytes, key, context })
      return opened.stream(0, opened.plainBytes - 1)
    },
  }
}

async function streamOf(store: ObjectStore, path: string, bytes: number): Promise<Readable> {
  const stream = await store.stream(path, { start: 0, end: bytes - 1 })
  if (!stream) throw new Fault('a journal is not in the object store')
  return stream
}

/** The audit entries with their proofs, and the checkpoint that they are proved against. */
export function auditFiles({ log, checkpoint, entries }: ProvedEntries): ArchiveFile[] {
  const text = canonicalJson({ log, entries: entries.map((entry) => ({ ...entry })) })
  return [
    textFile('audit/entries.json', Buffer.from(text)),
    textFile('audit/checkpoint.txt', Buffer.from(checkpoint)),
  ]
}

/** The offline verifier. */
export async function verifierFile(path: string): Promise<ArchiveFile> {
  return textFile('visavis-verify.mjs', await readFile(path))
}
