import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import { requireAllowed } from '../access/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { ShredFacts, ShredRepo } from './shred.repo.ts'

type Asked = {
  readonly visitId: string
  readonly actor: AccountActor
  readonly action: 'kept.hold' | 'kept.destroy'
}

/**
 * Locks a visit and gives what is kept of it. Refuses RECORDING_NOT_FOUND where there never was anything,
 * RECORDING_DESTROYED where nothing is left. Another facility's is not there (TR-3).
 */
export async function keptVisit(
  tx: Tx,
  { visitId, actor, action }: Asked,
  repo: Pick<ShredRepo, 'lock' | 'facts' | 'hadRecordings'>,
): Promise<ShredFacts> {
  await repo.lock(tx, visitId)
  const facts = await repo.facts(tx, visitId)
  if (!facts) throw new Refusal('RECORDING_NOT_FOUND')
  const { facilityId } = facts
  requireAllowed(actor, action, { facilityId, absent: 'RECORDING_NOT_FOUND' })
  if (facts.recordings.length > 0) return facts
  const wasThere = await repo.hadRecordings(tx, visitId)
  throw new Refusal(wasThere ? 'RECORDING_DESTROYED' : 'RECORDING_NOT_FOUND')
}
