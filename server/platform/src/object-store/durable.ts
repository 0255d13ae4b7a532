import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What a name ends in until the file under it is whole. */
export const PART = '.part'

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
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
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

/** The temporary name of a file that is being made. */
export function partName(path: string): string {
  return `${path}${PART}`
}

function isOtherDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EXDEV'
}
