import type { linkCentreRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/link-centres`. */
export function linkCentresSamples(
  _given: SampleWorld,
): Record<keyof typeof linkCentreRoutes, SampleMaker> {
  return {} as never
}
