import type { officerRoutes } from '@visavis/contract/http'
import type { SampleMaker } from './sample.ts'

/** Samples of the routes of `contract/http/officers`. */
export function officersSamples(): Record<keyof typeof officerRoutes, SampleMaker> {
  return {
    myLanguages: async () => ({}),
    setMyLanguages: async () => ({ payload: { languages: ['tt', 'rsl'] } }),
  }
}
