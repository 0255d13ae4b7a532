import { Worker } from 'node:worker_threads'
import { Fault } from '@visavis/contract/errors'
import { RecordingInfo } from '@visavis/contract/recorder-control'
import type { FinishJob } from './finish.worker.ts'

/** Finishes recordings one after the other, each in a thread of its own, so that receiving has the processor. */
export type Finisher = {
  /** Makes the files of the recording in `folder`. Throws a Fault with the cause when it cannot. */
  readonly finish: (folder: string) => Promise<RecordingInfo>
  /** Ends the running job and drops the waiting ones; a job begun again makes the same. Idempotent. */
  readonly stop: () => Promise<void>
}

/** Creates a finisher that puts files into the folder store under `dataDir`. */
export function createFinisher(dataDir: string): Finisher {
  let queue: Promise<unknown> = Promise.resolve()
  let running: Worker | null = null
  let isStopped = false
  const run = (folder: string): Promise<RecordingInfo> => {
    if (isStopped) return Promise.reject(new Fault('finishing was stopped'))
    const workerData: FinishJob = { folder, dataDir }
    running = new Worker(new URL('./finish.worker.ts', import.meta.url), { workerData })
    return resultOf(running)
  }
  return {
    finish(folder) {
      const result = queue.then(() => run(folder))
      queue = result.catch(() => undefined)
      return result
    },
    async stop() {
      isStopped = true
      await running?.terminate()
    },
  }
}

function resultOf(worker: Worker): Promise<RecordingInfo> {
  return new Promise((resolve, reject) => {
    worker.once('message', (info) => resolve(RecordingInfo.parse(info)))
    worker.once('error', (cause) => reject(new Fault('the files could not be made', { cause })))
    worker.once('exit', () => reject(new Fault('finishing was stopped')))
  })
}
