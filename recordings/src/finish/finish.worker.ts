import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { panic } from '@visavis/contract/errors'
import { createObjectStore } from '@visavis/platform/object-store/index'
import type { ObjectStoreConfig } from '@visavis/platform/object-store/index'
import type { Ffmpeg } from '../derive/ffmpeg.ts'
import { finishRecording } from './finish-recording.ts'

/** One finishing job, apart from the main thread: reading a whole visit keeps a processor busy for seconds. */

/** What a job is given. */
export type FinishJob = {
  readonly folder: string
  /** A copy of the recording's key; overwritten at the end. */
  readonly key: Uint8Array<ArrayBuffer>
  readonly dataDir: string
  readonly storeConfig: ObjectStoreConfig
  readonly ffmpeg: Ffmpeg | null
}

/** A visit that goes on has the processor first. */
const LOW_PRIORITY = 10

const port = parentPort ?? panic('finishing runs as a worker thread only')
const { folder, key, dataDir, storeConfig, ffmpeg } = workerData as FinishJob
giveWay()
const store = createObjectStore({ ...storeConfig, RECORDINGS_DIR: dataDir })
try {
  const isInStore = storeConfig.OBJECT_STORE === 'folder'
  port.postMessage(await finishRecording({ folder, key, store, isInStore, ffmpeg }))
} finally {
  key.fill(0)
  store.close()
}

/** On Linux a thread has a priority of its own; elsewhere there is no way to name it, and none is needed. */
function giveWay(): void {
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), LOW_PRIORITY)
  } catch {
    return
  }
}
