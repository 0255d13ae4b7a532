import type { adviceRoutes } from '@visavis/contract/http'
import type { SampleMaker } from './sample.ts'

/** Samples of the routes of `contract/http/advice`. */
export function adviceSamples(): Record<keyof typeof adviceRoutes, SampleMaker> {
  return {
    adviceFigures: async () => ({ query: { from: '2026-11-01', to: '2026-11-30' } }),
  }
}
