import { Worker } from 'node:worker_threads'
import { Fault } from '@visavis/contract/errors'
import { RecordingInfo } from '@visavis/contract/recorder-control'
import type { ObjectStoreConfig } from '@visavis/platform/object-store/index'
import { recordingFolder } from '../recording-folders.ts'
import type { Ffmpeg } from '../derive/ffmpeg.ts'
import type { RecordingKey } from '../recording-state.ts'
import type { FinishJob } from './finish.worker.ts'

/** Finishes recordings one after the other, each in a thread of its own, so that receiving has the processor. */
export type Finisher = {
  /** Makes the files of a recording with its key, which it takes for itself. Throws a Fault with the cause when it cannot. */
  readonly finish: (job: {
    recording: RecordingKey
    key: Uint8Array<ArrayBuffer>
  }) => Promise<RecordingInfo>
  /** Ends the running job and drops the waiting ones; a job begun again makes the same. Idempotent. */
  readonly stop: () => Promise<void>
}

/** Creates a finisher of the recordings in `dataDir`. */
export function createFinisher(options: {
  dataDir: string
  storeConfig: ObjectStoreConfig
  findFfmpeg: () => Promise<Ffmpeg | null>
}): Finisher {
  const { dataDir, storeConfig, findFfmpeg } = options
  let queue: Promise<unknown> = Promise.resolve()
  let running: Worker | null = null
  let isStopped = false
  const run = async (job: Pick<FinishJob, 'folder' | 'key'>): Promise<RecordingInfo> => {
    const ffmpeg = await findFfmpeg()
    if (isStopped) throw new Fault('finishing was stopped')
    const workerData: FinishJob = { ...job, dataDir, storeConfig, ffmpeg }
    // Handed over, not copied: there is one place less to overwrite.
    const transferList = [job.key.buffer]
    const file = new URL('./finish.worker.ts', import.meta.url)
    running = new Worker(file, { workerData, transferList })
    return infoFrom(running)
  }
  return {
    finish({ recording, key }) {
      const folder = recordingFolder(dataDir, recording)
      const info = queue.then(() => run({ folder, key }))
      queue = info.catch(() => undefined)
      return info
    },
    async stop() {
      isStopped = true
      await running?.terminate()
    },
  }
}

function infoFrom(worker: Worker): Promise<RecordingInfo> {
  return new Promise((resolve, reject) => {
    worker.once('message', (info) => resolve(RecordingInfo.parse(info)))
    worker.once('error', (cause) => reject(new Fault('the files could not be made', { cause })))
    worker.once('exit', () => reject(new Fault('finishing was stopped')))
  })
}
