import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ObjectStore } from '@visavis/platform/object-store/index'

/** Puts bytes that are no secret into the object store, unless they lie there; an object is written once. */
export async function putBytes(
  store: Pick<ObjectStore, 'put' | 'sizeOf'>,
  key: string,
  bytes: Uint8Array,
): Promise<void> {
  if ((await store.sizeOf(key)) === bytes.length) return
  const folder = await mkdtemp(join(tmpdir(), 'visavis-'))
  try {
    const file = join(folder, 'object')
    await writeFile(file, bytes)
    await store.put(key, file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
