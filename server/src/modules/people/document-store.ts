import { readFile, readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import { partName, writePrivate } from '@visavis/platform/object-store/durable'
import { createDocumentCipher } from './document-cipher.ts'
import type { DocumentName } from './document-cipher.ts'

/** Where visitors' documents lie, each sealed in a file named by its id; nothing else knows the folder. */
export type DocumentStore = {
  /** Durable when it resolves. */
  readonly put: (name: DocumentName, plain: Buffer) => Promise<void>
  /** A Fault when it is not there or not what was put. */
  readonly get: (name: DocumentName) => Promise<Buffer>
  /** Destroys it; one that is gone already is no fault. */
  readonly remove: (documentId: string) => Promise<void>
  /** Ids of the documents that were written before `before`. */
  readonly olderThan: (before: Date) => Promise<string[]>
}

const FILE_NAME = /^([0-9a-f-]{36})\.sealed(\.part)?$/

/** A store in `folder`, sealed under `masterKey` (64 hex digits). */
export function createDocumentStore(folder: string, masterKey: string): DocumentStore {
  const cipher = createDocumentCipher(masterKey)
  const pathOf = (documentId: string) => join(folder, `${documentId}.sealed`)
  return {
    put: (name, plain) => writePrivate(pathOf(name.documentId), cipher.seal(name, plain)),
    get: async (name) => cipher.open(name, await readSealed(pathOf(name.documentId))),
    remove: async (documentId) => {
      await unlinkIfThere(pathOf(documentId))
      await unlinkIfThere(partName(pathOf(documentId)))
    },
    olderThan: (before) => idsOlderThan(folder, before),
  }
}

async function readSealed(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Fault('a document is not in its store', { cause: error })
  }
}

async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

async function idsOlderThan(folder: string, before: Date): Promise<string[]> {
  const ids = new Set<string>()
  for (const name of await namesIn(folder)) {
    const documentId = FILE_NAME.exec(name)?.[1]
    if (documentId === undefined) continue
    const { mtime } = await stat(join(folder, name)).catch(() => ({ mtime: before }))
    if (mtime < before) ids.add(documentId)
  }
  return [...ids]
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
