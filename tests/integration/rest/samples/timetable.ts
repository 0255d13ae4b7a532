import type { timetableRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/timetable`. */
export function timetableSamples(
  _given: SampleWorld,
): Record<keyof typeof timetableRoutes, SampleMaker> {
  return {} as never
}
