import type { peopleRoutes } from '@visavis/contract/http'
import { deskSignInSample } from './desk-sign-in.ts'
import { deskSamples } from './people-desk.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'
import { visitorSamples } from './people-visitors.ts'

/** Samples of the routes of `contract/http/people`. */
export function peopleSamples(given: SampleWorld): Record<keyof typeof peopleRoutes, SampleMaker> {
  return { ...deskSignInSample(given), ...visitorSamples(given), ...deskSamples(given) }
}
