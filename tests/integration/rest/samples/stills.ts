import type { stillRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/stills`; the walls behind them have their own tests. */
export function stillSamples({
  place,
}: SampleWorld): Record<keyof typeof stillRoutes, SampleMaker> {
  return {
    wallStill: async () => ({
      params: { visitId: place().visitId, seatId: crypto.randomUUID() },
    }),
  }
}
