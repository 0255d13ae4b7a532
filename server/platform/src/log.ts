import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import { cleanLine } from './log-cleaning.ts'
import { traceNow } from './trace.ts'

export type { Logger }

/**
 * The root logger of a process; pass children with `visitId`, `requestId` and the like. Each line has the
 * `trace` of the request that it belongs to, and is cleaned last of all, so that no way around is left.
 * `to` is where the lines go; the standard output when absent.
 */
export function createLogger(processName: string, level: string, to?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { process: processName },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => {
        const trace = traceNow()
        return trace === undefined ? {} : { trace }
      },
      hooks: { streamWrite: cleanLine },
    },
    to ?? pino.destination(1),
  )
}
