import type { CanaryCheck } from '@visavis/contract/census-control'
import type { mediaCommands } from '@visavis/contract/media-control'
import type { Handlers } from '@visavis/platform/control-server'
import { runCanary } from './canary.ts'
import type { CanaryParts } from './canary-room.ts'

/** The keys of the census' commands. */
export type CensusCommand = 'censusStored' | 'runCanary'

type Parts = Omit<CanaryParts, 'census'> & {
  readonly census: CanaryParts['census'] & {
    readonly stored: (room: { visitId: string; epoch: number; seq: number }) => void
  }
}

/** Carries out the commands of census and canary (OV-8). */
export function censusHandlers(parts: Parts): Pick<Handlers<typeof mediaCommands>, CensusCommand> {
  let running: Promise<CanaryCheck[]> | null = null
  return {
    censusStored: async (upTo) => {
      parts.census.stored(upTo)
      return {}
    },
    // Whoever asks while one runs gets its answer.
    runCanary: async () => {
      running ??= runCanary(parts).finally(() => {
        running = null
      })
      return { checks: await running }
    },
  }
}
