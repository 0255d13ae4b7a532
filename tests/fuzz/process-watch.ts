import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What the process holds, after a collection of garbage. */
export type Held = { readonly heapMb: number; readonly handles: number }

const MB = 1_048_576

/** Collects garbage and looks. */
export function held(): Held {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const heapMb = Math.round((process.memoryUsage().heapUsed / MB) * 10) / 10
  return { heapMb, handles: process.getActiveResourcesInfo().length }
}

/** Hears what nobody caught while it listens; the errors so far, until `stop`. */
export function hearUncaught(): { readonly errors: readonly unknown[]; readonly stop: () => void } {
  const errors: unknown[] = []
  const hear = (error: unknown): void => void errors.push(error)
  process.on('unhandledRejection', hear)
  process.on('uncaughtExceptionMonitor', hear)
  return {
    errors,
    stop: () => {
      process.off('unhandledRejection', hear)
      process.off('uncaughtExceptionMonitor', hear)
    },
  }
}
