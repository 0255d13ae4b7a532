import type { certificateRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'
import { aCertifiedVisit } from '../support/certified-visit.ts'

/** Samples of certificates. */
export function certificatesSamples(
  given: SampleWorld,
): Record<keyof typeof certificateRoutes, SampleMaker> {
  const visit = async () => ({ params: { visitId: await aCertifiedVisit(given) } })
  return {
    certificateJson: visit,
    certificatePdf: visit,
    certificateKeys: async () => ({}),
    canaries: async () => ({}),
  }
}
