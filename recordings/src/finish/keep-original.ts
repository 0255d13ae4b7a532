import { link, rm, stat } from 'node:fs/promises'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { partName } from '@visavis/platform/object-store/durable'
import { sha256OfFile } from '@visavis/platform/object-store/file-hash'
import { demandStored } from './keep-files.ts'

/**
 * Puts the journal, or what was torn off it, into the store. In the folder store it lies there already; of another store it is certain that it
 * has every byte before the local one is removed. Throws a Fault.
 */
export async function keepOriginal(
  store: ObjectStore,
  { path, objectKey, isInStore }: { path: string; objectKey: string; isInStore: boolean },
): Promise<void> {
  if (isInStore) return store.put(objectKey, path)
  const { size: bytes } = await stat(path)
  const sha256 = await sha256OfFile(path)
  // The store takes the file away with it: it is given a second name of it.
  await rm(partName(path), { force: true })
  await link(path, partName(path))
  await store.put(objectKey, partName(path))
  await demandStored(store, objectKey, { bytes, sha256 })
  await rm(path)
}
