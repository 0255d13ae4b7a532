import type { bookingRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/booking`. */
export function bookingSamples(
  _given: SampleWorld,
): Record<keyof typeof bookingRoutes, SampleMaker> {
  return {} as never
}
