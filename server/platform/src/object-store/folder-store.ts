import { createReadStream } from 'node:fs'
import { lstat, open, readdir, realpath, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Fault, panic } from '@visavis/contract/errors'
import { PART, makeFolder, publishFile, syncFile, syncFolder } from './durable.ts'
import { sha256OfFile } from './file-hash.ts'
import { isObjectKey } from './object-store.ts'
import type { ObjectStore } from './object-store.ts'

/** Keeps objects as files under `folder`. Never touches a file outside of it, not even through a link. */
export function createFolderStore(folder: string): ObjectStore {
  const root = resolve(folder)
  return {
    put: (key, localFile) => guarded(() => put(root, key, localFile)),
    remove: (key) => guarded(() => remove(root, key)),
    list: (prefix) => guarded(() => list(root, prefix)),
    async sizeOf(key) {
      return guarded(async () => {
        const path = await findFile(root, key)
        return path === null ? null : (await stat(path)).size
      })
    },
    async readAt(key, start, end) {
      return guarded(async () => {
        const path = await findFile(root, key)
        if (path === null) throw new Fault('the object store has no such object')
        return readStretch(path, start, end)
      })
    },
    async stream(key, range) {
      const path = await guarded(() => findFile(root, key))
      return path === null ? null : createReadStream(path, range)
    },
  }
}

/** The file of an object; null when there is none, or none that lies in the folder itself. */
async function findFile(root: string, key: string): Promise<string | null> {
  const path = await realPathOf(root, key)
  if (path === null) return null
  return (await stat(path)).isFile() ? path : null
}

/** Where a key leads when all links are followed; null when nothing is there or it leads out of the folder. */
async function realPathOf(root: string, key: string): Promise<string | null> {
  if (!isObjectKey(key)) return null
  try {
    const realRoot = await realpath(root)
    const path = await realpath(join(realRoot, key))
    return path.startsWith(realRoot + sep) ? path : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function put(root: string, key: string, localFile: string): Promise<void> {
  if (!isObjectKey(key)) panic('an object key points out of the store')
  const target = join(root, key)
  await makeFolder(dirname(target))
  const folder = await realpath(dirname(target))
  if (!`${folder}${sep}`.startsWith((await realpath(root)) + sep))
    panic('an object key points out of the store')
  if (resolve(localFile) === target) {
    await syncFile(target)
    await syncFolder(folder)
    return
  }
  const there = await lstat(target).catch(() => null)
  if (there === null) return publishFile(localFile, target)
  if (!there.isFile() || (await sha256OfFile(target)) !== (await sha256OfFile(localFile))) {
    throw new Fault('the object store has another object under this key')
  }
  await rm(localFile)
}

async function remove(root: string, key: string): Promise<void> {
  const path = await findFile(root, key)
  if (path === null) return
  await rm(path, { force: true })
  await syncFolder(dirname(path))
  await removeEmptyFolders(await realpath(root), dirname(path))
}

async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let at = folder; at.startsWith(root + sep); at = dirname(at)) {
    const isGone = await rmdir(at).then(
      () => true,
      () => false,
    )
    if (!isGone) return
  }
}

async function list(root: string, prefix: string): Promise<string[]> {
  const top = prefix.includes('/') ? prefix.slice(0, prefix.lastIndexOf('/')) : ''
  if (top !== '' && !isObjectKey(top)) return []
  const folder = top === '' ? root : await realPathOf(root, top)
  if (folder === null) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    noneIfMissing,
  )
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(PART))
    .map((entry) => join(top, relative(folder, join(entry.parentPath, entry.name))))
    .map((path) => path.split(sep).join('/'))
    .filter((key) => key.startsWith(prefix) && isObjectKey(key))
    .sort()
}

async function readStretch(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const bytes = Buffer.allocUnsafe(Math.max(0, end - start + 1))
    let done = 0
    while (done < bytes.length) {
      const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done)
      if (bytesRead === 0) break
      done += bytesRead
    }
    return bytes.subarray(0, done)
  } finally {
    await file.close()
  }
}

/** The disk's own errors name paths and ids; a Fault says what kind it was. */
async function guarded<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    throw new Fault(`the object store's disk refused: ${String(error.code)}`, { cause: error })
  }
}

function noneIfMissing(error: unknown): [] {
  if (isMissing(error)) return []
  throw error
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOENT' || code === 'ENOTDIR'
}
