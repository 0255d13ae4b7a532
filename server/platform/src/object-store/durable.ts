import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What a name ends in until the file under it is whole. */
export const PART = '.part'

/** Read and written by us alone. */
const PRIVATE_FILE = 0o600
const PRIVATE_FOLDER = 0o700

/** Makes a new name in a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

/** Makes a file's bytes survive a power cut. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r')
  await file.sync().finally(() => file.close())
}

/** Makes a folder and those above it, on disk before this returns. */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const first = await mkdir(path, { recursive: true, ...(mode === undefined ? {} : { mode }) })
  if (first === undefined) return
  const stop = dirname(first)
  for (let at = path; at !== stop;) {
    at = dirname(at)
    await syncFolder(at)
  }
}

/** Gives a whole file its final name, on another disk too; readers see all of it or nothing, even after a power cut. */
export async function publishFile(from: string, to: string): Promise<void> {
  await syncFile(from)
  await makeFolder(dirname(to))
  try {
    await rename(from, to)
  } catch (error) {
    if (!isOtherDisk(error)) throw error
    await copyFile(from, partName(to))
    await syncFile(partName(to))
    await rename(partName(to), to)
    await rm(from)
  }
  await syncFolder(dirname(to))
}

/** Writes a small text file so that it is there whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path))
  await writeFile(partName(path), text)
  await publishFile(partName(path), path)
}

/** Writes a small file that nobody but us may read, in a folder of that kind; it is there whole or not at all. */
export async function writePrivate(path: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(path), PRIVATE_FOLDER)
  await writeFile(partName(path), bytes, { mode: PRIVATE_FILE })
  await publishFile(partName(path), path)
}

/** The temporary name of a file that is being made. */
export function partName(path: string): string {
  return `${path}${PART}`
}

function isOtherDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EXDEV'
}
