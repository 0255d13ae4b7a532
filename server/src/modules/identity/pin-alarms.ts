import type { Clock } from '@visavis/platform/clock'
import type { Tx } from '../../platform/transact.ts'
import type { Tasks } from '../tasks/index.ts'
import type { IdentityKeys } from './identity-keys.ts'
import type { LimitsRepo } from './limits.repo.ts'
import { afterWrongPinOfDay } from './pin-rules.ts'

type Deps = {
  readonly limitsRepo: LimitsRepo
  readonly keys: IdentityKeys
  readonly tasks: Tasks
  readonly clock: Clock
}

/**
 * Counts a wrong PIN for these inmates, at whatever terminal, and opens a task for each whose PIN is being
 * guessed: slowly at many terminals as well as quickly at one.
 */
export async function countWrongPins(
  tx: Tx,
  about: { readonly facilityId: string; readonly inmateIds: readonly string[] },
  { limitsRepo, keys, tasks, clock }: Deps,
): Promise<void> {
  const { facilityId, inmateIds } = about
  const now = clock.now()
  const keyOf = new Map(inmateIds.map((inmateId) => [inmateId, keys.digest('pin day', inmateId)]))
  const counts = await limitsRepo.lock(tx, [...keyOf.values()], now)
  for (const [inmateId, key] of keyOf) {
    const { count, isAlarm } = afterWrongPinOfDay(counts.get(key) ?? null, now)
    await limitsRepo.put(tx, key, count)
    if (!isAlarm) continue
    const about = { facilityId, inmateId, subjectId: inmateId, dueAt: now }
    await tasks.open(tx, { ...about, kind: 'TERMINAL_ALARM', suggestion: 'NEW_PIN' })
  }
}
