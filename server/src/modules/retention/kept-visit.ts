import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import { requireFacility } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { ShredFacts, ShredRepo } from './shred.repo.ts'

/**
 * Locks a visit and gives what is kept of it. Refuses RECORDING_NOT_FOUND where there never was anything,
 * RECORDING_DESTROYED where nothing is left, FORBIDDEN to another facility's people (TR-3).
 */
export async function keptVisit(
  tx: Tx,
  { visitId, actor }: { readonly visitId: string; readonly actor: AccountActor },
  repo: Pick<ShredRepo, 'lock' | 'facts' | 'hadRecordings'>,
): Promise<ShredFacts> {
  await repo.lock(tx, visitId)
  const facts = await repo.facts(tx, visitId)
  if (!facts) throw new Refusal('RECORDING_NOT_FOUND')
  requireFacility(actor, facts.facilityId)
  if (facts.recordings.length > 0) return facts
  const wasThere = await repo.hadRecordings(tx, visitId)
  throw new Refusal(wasThere ? 'RECORDING_DESTROYED' : 'RECORDING_NOT_FOUND')
}
