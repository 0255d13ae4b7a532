import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of eligibility. */
export function eligibilitySamples({
  place,
}: SampleWorld): Record<'explainEligibility', SampleMaker> {
  return {
    explainEligibility: async () => {
      const { inmateId, visitorId } = place()
      return { payload: { inmateId, visitorIds: [visitorId], place: 'HOME' } }
    },
  }
}
