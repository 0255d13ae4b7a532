import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Fault } from '@visavis/contract/errors'
import type { FileProof } from '@visavis/contract/recording-result'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { proveSealedFile } from '@visavis/platform/proof/file-proof'
import type { SealingKey } from '@visavis/platform/sealed/cobblestone'

/** Read back from the store at once. */
const STEP_BYTES = 4 * 1024 * 1024

/** Where a local file goes. */
export type FileToKeep = {
  /** Its name in the recording's folder. */
  readonly file: string
  readonly path: string
  /** The object's key in the store. */
  readonly objectKey: string
}

/**
 * Proves a sealed file by reading it again, puts it into the store in the place of what an earlier try left there,
 * and makes sure that the store has it. Throws a Fault, or `DamagedBytes` when the disk gave back something else.
 */
export async function keepSealedFile(
  store: ObjectStore,
  { file, path, objectKey }: FileToKeep,
  sealing: SealingKey,
): Promise<FileProof> {
  const proof = await proveLocalFile(path, file, sealing)
  await store.remove(objectKey)
  await store.put(objectKey, path)
  await demandStored(store, objectKey, proof)
  return proof
}

/** Throws a Fault unless the store gives back just these bytes. */
export async function demandStored(
  store: ObjectStore,
  objectKey: string,
  { bytes, sha256 }: Pick<FileProof, 'bytes' | 'sha256'>,
): Promise<void> {
  if ((await store.sizeOf(objectKey)) !== bytes) throw new Fault('the object store lost bytes')
  const hash = createHash('sha256')
  for (let at = 0; at < bytes; at += STEP_BYTES) {
    hash.update(await store.readAt(objectKey, at, Math.min(at + STEP_BYTES, bytes) - 1))
  }
  if (hash.digest('hex') !== sha256) throw new Fault('the object store changed bytes')
}

async function proveLocalFile(path: string, file: string, sealing: SealingKey): Promise<FileProof> {
  const handle = await open(path, 'r')
  try {
    const { size: sealedBytes } = await handle.stat()
    const readAt = async (start: number, end: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(
        Buffer.allocUnsafe(end - start + 1),
        0,
        end - start + 1,
        start,
      )
      return buffer.subarray(0, bytesRead)
    }
    return await proveSealedFile({ ...sealing, readAt, sealedBytes }, file)
  } finally {
    await handle.close()
  }
}
