import type { lifeEventRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/life-events`. */
export function lifeEventsSamples(
  _given: SampleWorld,
): Record<keyof typeof lifeEventRoutes, SampleMaker> {
  return {} as never
}
