import { parentPort, workerData } from 'node:worker_threads'
import { panic } from '@visavis/contract/errors'
import { createFolderStore } from '../object-store.ts'
import { finishRecording } from './finish-recording.ts'

/** One finishing job, apart from the main thread: reading a whole visit keeps a processor busy for seconds. */

/** What a job is given. */
export type FinishJob = { readonly folder: string; readonly dataDir: string }

const port = parentPort ?? panic('finishing runs as a worker thread only')
const { folder, dataDir } = workerData as FinishJob
port.postMessage(await finishRecording(folder, createFolderStore(dataDir)))
