import { availableParallelism } from 'node:os'
import { Fault } from '@visavis/contract/errors'
import type { DerivativeJob } from '@visavis/contract/recorder-control'
import type { ObjectStore } from '@visavis/platform/object-store/object-store'
import type { Ffmpeg } from './ffmpeg.ts'
import { makeCopy } from './make-copy.ts'
import type { DerivativeKeys, MadeDerivative } from './make-copy.ts'

export type { DerivativeKeys, MadeDerivative }

/** Makes review copies and clips, a few at a time and at low priority. */
export type Deriver = {
  /**
   * Makes a copy when its turn comes; a job that waits or runs under the same id is the same job. Rejects with a
   * Fault, whose message may be told to the server, when ffmpeg is missing or fails, a master is damaged, or
   * the deriver was stopped.
   */
  readonly make: (job: DerivativeJob, keys: DerivativeKeys) => Promise<MadeDerivative>
  /** Kills what runs and drops what waits. Idempotent. */
  readonly stop: () => Promise<void>
}

export type DeriverOptions = {
  /** Where unfinished (sealed) copies lie, on the object store's own disk if it is a folder. */
  readonly workDir: string
  readonly store: ObjectStore
  /** Looked for once, at the first job. */
  readonly findFfmpeg: () => Promise<Ffmpeg | null>
  /** How far a running job is, in thousandths; at most once a second. */
  readonly onProgress: (derivativeId: string, share: number) => void
}

/** Each job has two threads of ffmpeg, so that there is at most one for each core. */
const CORES_PER_JOB = 2
const TELL_EVERY_MS = 1_000
const THOUSANDTHS = 1_000

type Waiting = { readonly begin: () => void; readonly drop: (why: Fault) => void }

/** Creates a deriver; nothing runs before the first job. */
export function createDeriver(options: DeriverOptions): Deriver {
  const stopping = new AbortController()
  const jobs = new Map<string, Promise<MadeDerivative>>()
  const queue = createQueue(Math.max(1, Math.floor(availableParallelism() / CORES_PER_JOB)))
  let found: Promise<Ffmpeg | null> | null = null
  const begin = async (job: DerivativeJob, keys: DerivativeKeys): Promise<MadeDerivative> => {
    const ffmpeg = await (found ??= options.findFfmpeg())
    if (!ffmpeg) throw new Fault('there is no ffmpeg on this machine')
    const onTime = progressOf(job, options.onProgress)
    return makeCopy({ ...options, job, keys, ffmpeg, signal: stopping.signal, onTime })
  }
  return {
    make(job, keys) {
      const running = jobs.get(job.derivativeId)
      if (running) return running
      if (stopping.signal.aborted) return Promise.reject(new Fault('copies are not made any more'))
      const made = queue.run(() => begin(job, keys))
      jobs.set(job.derivativeId, made)
      const forget = (): void => void jobs.delete(job.derivativeId)
      made.then(forget, forget)
      return made
    },
    async stop() {
      stopping.abort()
      queue.drop()
      await Promise.allSettled(jobs.values())
    },
  }
}

function createQueue(atOnce: number) {
  const waiting: Waiting[] = []
  let running = 0
  const next = (): void => {
    if (running >= atOnce) return
    const first = waiting.shift()
    if (!first) return
    running += 1
    first.begin()
  }
  return {
    async run<Result>(work: () => Promise<Result>): Promise<Result> {
      await new Promise<void>((begin, drop) => {
        waiting.push({ begin, drop })
        next()
      })
      return work().finally(() => {
        running -= 1
        next()
      })
    },
    drop() {
      for (const { drop } of waiting.splice(0)) drop(new Fault('copies are not made any more'))
    },
  }
}

/** Tells the share at most once a second, and never less than before. */
function progressOf(
  { derivativeId, fromMs, toMs }: DerivativeJob,
  tell: DeriverOptions['onProgress'],
): (ms: number) => void {
  let toldAtMs = -Infinity
  return (ms) => {
    const nowMs = performance.now()
    if (nowMs - toldAtMs < TELL_EVERY_MS) return
    toldAtMs = nowMs
    const share = Math.floor((ms / (toMs - fromMs)) * THOUSANDTHS)
    tell(derivativeId, Math.min(THOUSANDTHS, Math.max(0, share)))
  }
}
