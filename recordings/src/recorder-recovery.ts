import { rm } from 'node:fs/promises'
import { cutTail } from './journal/journal-scan.ts'
import type { RecorderKit } from './recorder-kit.ts'
import { explain } from './recording-failure.ts'
import { TOLD_FOR_MS } from './recording-book.ts'
import { findRecordings } from './recording-folders.ts'
import type { FoundRecording } from './recording-folders.ts'

/**
 * Finds what a recorder before this one finished lately or left behind. What is left is cut to its last whole
 * chunk, which takes no key, and waits for a server to bring its key.
 */
export async function recover(kit: RecorderKit): Promise<void> {
  const { dataDir, storeConfig, clock } = kit
  const sinceMs = clock.now().getTime() - TOLD_FOR_MS
  const isInStore = storeConfig.OBJECT_STORE === 'folder'
  for (const found of await findRecordings(dataDir, { sinceMs, isInStore })) await take(kit, found)
}

async function take(kit: RecorderKit, found: FoundRecording): Promise<void> {
  const { book, log, storeConfig } = kit
  switch (found.state) {
    case 'OLD':
      // All of it is in the store; here lies a copy of its result, to tell servers by.
      if (storeConfig.OBJECT_STORE !== 'folder') await rm(found.folder, { recursive: true })
      return
    case 'HEADLESS':
      log.warn({ folder: found.folder }, 'journal without a header')
      return
    case 'FINISHED': {
      const { recordingId, visitId, epoch } = found.info
      const key = { recordingId, visitId, epoch }
      book.enter({ key, state: 'FINISHED', info: found.info, endedAtMs: found.finishedAtMs })
      return
    }
    case 'LEFT': {
      const { key, isRecovered, journal, tornBytes } = found
      if (tornBytes > 0) {
        await cutTail(journal).catch((error: unknown) => {
          // Finishing tries again, and fails when it cannot.
          log.error({ ...key, cause: explain(error) }, 'a torn journal could not be cut')
        })
      }
      log.warn({ ...key, tornBytes }, 'an earlier recorder left this recording')
      book.enter({ key, state: 'LEFT', packets: 0, isRecovered })
    }
  }
}
