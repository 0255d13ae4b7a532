import { randomBytes } from 'node:crypto'
import { open, readFile, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import { partName, syncFolder, writePrivate } from '@visavis/platform/object-store/durable'
import { unwrapKey, wrapKey } from './key-wrap.ts'

/** A key that wraps keys (KEK), as its row names it. */
export type KekName = {
  readonly kekId: string
  readonly facilityId: string
  /** `YYYY-MM` or `held`. */
  readonly month: string
}

/** Where the keys lie that wrap keys: files outside of the database and of its backups. */
export type KekFiles = {
  /** Durable when it resolves. */
  readonly put: (name: KekName, kek: Uint8Array) => Promise<void>
  /** Null: it was destroyed. A Fault when the whole folder is missing, or its content is not what was put. */
  readonly get: (name: KekName) => Promise<Uint8Array<ArrayBuffer> | null>
  /** Overwritten, unlinked, and the folder written: one that is gone already is no fault. */
  readonly destroy: (name: KekName) => Promise<void>
}

/** 256 bits in hex: the form of KEY_ROOT. */
const ROOT_KEY_FORM = /^[0-9a-f]{64}$/i

/** Files `<facility>/<month>.<kek>.kek` in `folder`, each sealed under the root key (64 hex digits). */
export function createKekFiles(folder: string, rootKey: string): KekFiles {
  if (!ROOT_KEY_FORM.test(rootKey)) throw new Fault('the root key is not 64 hex digits')
  const root = Buffer.from(rootKey, 'hex')
  const folderOf = ({ facilityId }: KekName) => join(folder, facilityId)
  const pathOf = (name: KekName) => join(folderOf(name), `${name.month}.${name.kekId}.kek`)
  return {
    async put(name, kek) {
      await writePrivate(pathOf(name), wrapKey(kek, { under: root, boundTo: partsOf(name) }))
      // Another write may have made the facility's folder a moment ago and not be done with it.
      await syncFolder(folder)
    },
    async get(name) {
      const sealed = await readIfThere(pathOf(name), folder)
      if (!sealed) return null
      const kek = unwrapKey(sealed, { under: root, boundTo: partsOf(name) })
      if (!kek) throw new Fault('a key of keys is not what was sealed, or KEY_ROOT is another')
      return kek
    },
    async destroy(name) {
      for (const path of [pathOf(name), partName(pathOf(name))]) await overwriteAndUnlink(path)
      await syncFolder(folderOf(name)).catch(unlessMissing)
    },
  }
}

function partsOf({ kekId, facilityId, month }: KekName): readonly string[] {
  return ['kek', kekId, facilityId, month]
}

async function readIfThere(path: string, folder: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    unlessMissing(error)
    // A disk that is not there destroys nothing: people are not told that it did.
    await readdir(folder).catch((cause: unknown) => {
      throw new Fault('the folder of keys (KEYS_DIR) is not there', { cause })
    })
    return null
  }
}

async function overwriteAndUnlink(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+')
    try {
      const { size } = await file.stat()
      await file.write(randomBytes(size), 0, size, 0)
      await file.sync()
    } finally {
      await file.close()
    }
    await unlink(path)
  } catch (error) {
    unlessMissing(error)
  }
}

function unlessMissing(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
  throw error
}
