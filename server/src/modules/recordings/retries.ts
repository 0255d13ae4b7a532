import { Refusal } from '@visavis/contract/errors'
import type { Logger } from '@visavis/platform/log'

/** Work that must be done some time, and that a failed dependency only delays. */
export type Retries = {
  /** Resolves after the first try; never rejects. A Refusal is an answer: it is not tried again. */
  readonly run: (name: string, work: () => Promise<void>) => Promise<void>
  readonly close: () => void
}

const FIRST_WAIT_MS = 5_000
/** A thing that never succeeds costs a line of log each ten minutes. */
const LONGEST_WAIT_MS = 10 * 60_000

/** Tries again after 5 s, then after twice as long each time. `name`: what a failure is logged as. */
export function createRetries(log: Logger): Retries {
  const timers = new Set<NodeJS.Timeout>()
  let isClosed = false
  const attempt = async (
    name: string,
    work: () => Promise<void>,
    waitMs: number,
  ): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (error instanceof Refusal) {
        log.warn({ name, code: error.code }, 'was refused')
        return
      }
      log.error({ name, err: error, againInMs: waitMs }, 'failed, and is tried again')
      if (isClosed) return
      const timer = setTimeout(() => {
        timers.delete(timer)
        void attempt(name, work, Math.min(waitMs * 2, LONGEST_WAIT_MS))
      }, waitMs).unref()
      timers.add(timer)
    }
  }
  return {
    run: (name, work) => attempt(name, work, FIRST_WAIT_MS),
    close: () => {
      isClosed = true
      timers.forEach((timer) => clearTimeout(timer))
    },
  }
}
