import { SERVER } from '../audit/index.ts'
import type { Tx } from '../../platform/transact.ts'
import { decideBy, nextOfErasure } from './erasure-rules.ts'
import type { ErasureRow } from './erasure-rules.ts'
import { erasureRepo } from './erasure.repo.ts'
import { emptyRows } from './erased-rows.repo.ts'
import { taskOf } from './erasures.service.ts'
import type { PrivacyKit } from './privacy-kit.ts'

/**
 * Carries out what is due, and destroys the keys of everybody who is erased: of those of this run, of those whom a
 * crash left half-way, and of those whose keys came back with a backup. Safe to run twice, and at any moment.
 */
export async function runErasures(kit: PrivacyKit): Promise<void> {
  for (const { erasureId } of await erasureRepo.due(kit.db, kit.clock.now())) {
    await kit.transact((tx) => settle(tx, kit, erasureId))
  }
  // After the commit: a key without rows would be no harm, rows without a key that are not erased would be.
  for (const ownerId of await erasureRepo.erasedOwners(kit.db)) await kit.keys.destroy(ownerId)
}

async function settle(tx: Tx, kit: PrivacyKit, erasureId: string): Promise<void> {
  const row = await erasureRepo.find(tx, erasureId)
  if (row === null) return
  const now = kit.clock.now()
  const family = await erasureRepo.familyOf(tx, row.visitorId)
  const next = nextOfErasure(row, await erasureRepo.facts(tx, family, now), now)
  if (next.kind === 'ASK_STAFF') await askStaff(tx, kit, { row, facilityIds: next.facilityIds })
  if (next.kind === 'ERASE') await erase(tx, kit, { row, family })
}

async function askStaff(
  tx: Tx,
  { tasks }: PrivacyKit,
  { row, facilityIds }: { row: ErasureRow; facilityIds: readonly string[] },
): Promise<void> {
  const { visitorId } = row
  for (const facilityId of facilityIds) {
    await tasks.open(tx, { ...taskOf(row), facilityId, visitorId, dueAt: decideBy(row) })
  }
}

async function erase(
  tx: Tx,
  kit: PrivacyKit,
  { row, family }: { row: ErasureRow; family: readonly string[] },
): Promise<void> {
  const { erasureId, visitorId } = row
  const now = kit.clock.now()
  // Somebody may have taken it back a moment ago.
  if (!(await erasureRepo.decide(tx, erasureId, { state: 'ERASED', decidedAt: now }))) return
  await emptyRows(tx, family, now)
  for (const each of family) await kit.dataExports.endOf(tx, { visitorId: each, actor: SERVER })
  await kit.tasks.close(tx, { ...taskOf(row), doneBy: null, resolution: 'ERASED' })
  await kit.audit.append(tx, {
    facilityId: null,
    actor: SERVER,
    ...{ action: 'visitor.erase', outcome: 'allow' },
    object: { type: 'visitor', objectId: visitorId },
    detail: { erasureId, family: [...family] },
  })
}
