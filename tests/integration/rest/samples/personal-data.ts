import type { personalDataRoutes } from '@visavis/contract/http'
import type { SampleMaker } from './sample.ts'

/** Samples of the routes of `contract/http/personal-data`. */
export function personalDataSamples(): Record<keyof typeof personalDataRoutes, SampleMaker> {
  return {
    personalData: async () => ({}),
    setDataDays: async () => ({ params: { dataClass: 'NOTICES' }, payload: { days: 400 } }),
  }
}
