import { join, sep } from 'node:path'
import { panic } from '@visavis/contract/errors'
import { publishFile } from './durable.ts'

/** Where finished files are kept: a folder here, S3-compatible storage in production. */
export type ObjectStore = {
  /** Moves a finished local file to `key` (forward slashes); once it returns, a crash cannot lose it. */
  readonly put: (key: string, localFile: string) => Promise<void>
}

/** Keeps objects as files under `root`, on the same file system as the recorder's work. */
export function createFolderStore(root: string): ObjectStore {
  return {
    put(key, localFile) {
      const target = join(root, ...key.split('/'))
      if (!target.startsWith(root + sep)) panic('an object key points out of the store')
      return publishFile(localFile, target)
    },
  }
}
