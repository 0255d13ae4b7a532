import type { noticeRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/notices`. */
export function noticesSamples(
  _given: SampleWorld,
): Record<keyof typeof noticeRoutes, SampleMaker> {
  return {} as never
}
