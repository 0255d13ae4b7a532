import { open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** Some minutes of some visits; with less, what begins would only break off again. */
const ROOM_BYTES = 256 * 1024 * 1024
/** As much as a journal takes at once; also a quota or a broken disk is found by it. */
const TRIED_BYTES = 1024 * 1024

/** Whether a folder's disk has room and takes what is written; never rejects. */
export async function hasRoom(folder: string): Promise<boolean> {
  const path = join(folder, `.room-${process.pid}`)
  try {
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < ROOM_BYTES) return false
    const file = await open(path, 'w')
    try {
      await file.writeFile(Buffer.alloc(TRIED_BYTES))
      await file.datasync()
    } finally {
      await file.close()
    }
    return true
  } catch {
    return false
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}
