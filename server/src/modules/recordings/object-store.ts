import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'

/** Where recordings lie. Keys have forward slashes and no relation to the machine's paths. */
export type ObjectStore = {
  /** Bytes of the object; null when there is none of that key. */
  readonly sizeOf: (key: string) => Promise<number | null>
  /** The bytes from `start` to `end`, both included. */
  readonly read: (key: string, range: { start: number; end: number }) => Promise<Readable | null>
}

const KEY = /^[\w.-]+(\/[\w.-]+)*$/

/** The embedded object store: a folder. Never answers with a file outside of it, not even through a link. */
export function createFolderStore(folder: string): ObjectStore {
  const pathOf = async (key: string): Promise<string | null> => {
    if (!KEY.test(key) || key.split('/').some((part) => part === '.' || part === '..')) return null
    try {
      const root = await realpath(folder)
      const path = await realpath(resolve(root, key))
      return path.startsWith(root + sep) ? path : null
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }
  return {
    sizeOf: async (key) => {
      const path = await pathOf(key)
      if (path === null) return null
      const found = await stat(path)
      return found.isFile() ? found.size : null
    },
    read: async (key, range) => {
      const path = await pathOf(key)
      return path === null ? null : createReadStream(path, range)
    },
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOENT' || code === 'ENOTDIR'
}
