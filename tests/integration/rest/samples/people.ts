import type { peopleRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/people`. */
export function peopleSamples(_given: SampleWorld): Record<keyof typeof peopleRoutes, SampleMaker> {
  return {} as never
}
