import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import { FacilitySettings } from '@visavis/contract/http'
import type { facilitySettingsRoutes } from '@visavis/contract/http'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** Samples of the routes of `contract/http/facility-settings`. */
export function facilitySettingsSamples({
  world,
  place,
}: Pick<SampleWorld, 'world' | 'place'>): Record<keyof typeof facilitySettingsRoutes, SampleMaker> {
  const settings = FacilitySettings.strip().parse(DEFAULT_FACILITY_POLICY)
  return {
    facilitySettings: async () => ({}),
    setFacilitySettings: async () => {
      const { facilityId } = place()
      const { version } = await world().db.facility.findUniqueOrThrow({ where: { facilityId } })
      return { payload: { version, settings: { ...settings, playsPerHour: 1_000 } } }
    },
  }
}
