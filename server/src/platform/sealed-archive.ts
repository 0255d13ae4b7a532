import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Fault } from '@visavis/contract/errors'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { fileContext } from '@visavis/platform/sealed/cobblestone'
import { createSealing, openSealedFile } from '@visavis/platform/sealed/sealed-file'
import type { SealedFile } from '@visavis/platform/sealed/sealed-file'
import { measured } from './archive.ts'

/** Which archive: what its key is bound to, its file's name, and where it lies in the object store. */
export type SealedArchive = {
  readonly objectId: string
  readonly file: string
  readonly storeKey: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

/** Plain bytes, and their SHA-256 in hex. */
export type SealedFigures = { readonly bytes: number; readonly sha256: string }

/**
 * Seals an archive as it is written, so that nothing of it is ever in clear on a disk, and puts it into the
 * store. What an earlier try had put is removed: it has another key.
 */
export async function sealArchive(
  archive: Readable,
  { objectId, file, storeKey, key }: SealedArchive,
  store: Pick<ObjectStore, 'put' | 'remove'>,
): Promise<SealedFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-archive-'))
  try {
    const sealedFile = join(folder, 'sealed')
    const { through, bytes, hash } = measured()
    const context = fileContext(objectId, file)
    await pipeline(archive, through, createSealing({ key, context }), createWriteStream(sealedFile))
    await store.remove(storeKey)
    await store.put(storeKey, sealedFile)
    return { bytes: bytes(), sha256: hash.digest('hex') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The archive in clear; a Fault when the store does not have it. The key is forgotten. */
export async function openArchive(
  { objectId, file, storeKey, key }: SealedArchive,
  store: Pick<ObjectStore, 'sizeOf' | 'readAt'>,
): Promise<SealedFile> {
  const sealedBytes = await store.sizeOf(storeKey)
  if (sealedBytes === null) throw new Fault('an archive is not in the object store')
  try {
    const readAt = (start: number, end: number) => store.readAt(storeKey, start, end)
    const context = fileContext(objectId, file)
    return await openSealedFile({ readAt, sealedBytes, key, context })
  } finally {
    key.fill(0)
  }
}

/** Bytes of a sealed file from `start` to `end`; nothing is read or opened for somebody who has gone. */
export async function* piecesOf(
  file: SealedFile,
  { start, end }: { start: number; end: number },
): AsyncGenerator<Buffer> {
  const stream = file.stream(start, end)
  try {
    for await (const piece of stream) yield piece as Buffer
  } finally {
    stream.destroy()
  }
}
