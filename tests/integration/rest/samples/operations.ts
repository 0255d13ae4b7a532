import type { operationsRoutes } from '@visavis/contract/http'
import type { SampleMaker } from './sample.ts'

/** Samples of the routes of `contract/http/operations`. */
export function operationsSamples(): Record<keyof typeof operationsRoutes, SampleMaker> {
  return { operations: async () => ({}) }
}
