import { panic } from '@visavis/contract/errors'
import type { RecordingProofs } from '../../../../server/src/modules/recordings/index.ts'
import { aPlace } from '../../rest/support/people-and-places.ts'
import type { Place } from '../../rest/support/people-and-places.ts'
import { aRestWorld } from '../../rest/support/rest-world.ts'
import type { RestWorld } from '../../rest/support/rest-world.ts'

/** A server, a facility, and the module that proves recordings, as the live side has it. */
export type ProofWorld = RestWorld & { readonly place: Place; readonly proofs: RecordingProofs }

export async function aProofWorld(): Promise<ProofWorld> {
  const world = await aRestWorld()
  const given: RecordingProofs[] = []
  await world.another(
    {},
    {
      attachLive: async ({ scheduling }) => {
        given.push(scheduling.proofs)
        const health = () => ({ mediaNodes: [], recorders: [] })
        return { health, close: async () => undefined }
      },
    },
  )
  const place = await aPlace(world)
  return { ...world, place, proofs: given[0] ?? panic('no proofs of recordings') }
}
