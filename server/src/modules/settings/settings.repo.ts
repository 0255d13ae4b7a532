import type { FacilitySettings } from '@visavis/contract/http'
import type { Tx } from '@visavis/prisma'

/** Rows behind the settings of facilities. */
export const settingsRepo = {
  /** Stores them beside what the policy has besides; false: somebody else has changed it meanwhile. */
  save: async (
    tx: Tx,
    { facilityId, version }: { readonly facilityId: string; readonly version: number },
    settings: FacilitySettings,
  ): Promise<boolean> => {
    const count = await tx.$executeRaw`
      UPDATE facility SET version = version + 1, policy = policy || ${JSON.stringify(settings)}::jsonb
      WHERE facility_id = ${facilityId}::uuid AND version = ${version}`
    return count === 1
  },
}
