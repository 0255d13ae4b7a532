import type { Clock } from '@visavis/platform/clock'
import type { Tx } from '../../platform/transact.ts'
import { cameraSeatOf } from './desk-rules.ts'
import type { DeskRepo, DeskRow } from './desk.repo.ts'

/**
 * LV-3. Everybody whom the host has seen is in the room, at the one device: from now on they arrive, stay
 * and leave with it, and each is let in or not on their own. Without `accountId`: that of the device that
 * is signed in, if one is.
 */
export async function gatherAtDevice(
  tx: Tx,
  { row, accountId }: { readonly row: DeskRow; readonly accountId?: string },
  { repo, clock }: { readonly repo: DeskRepo; readonly clock: Clock },
): Promise<void> {
  const device = accountId ?? (await repo.deviceAccount(tx, row.visitId, clock.now()))
  const cameraSeatId = device === null ? null : cameraSeatOf(row.seats, device)
  if (cameraSeatId !== null) await repo.gatherSeats(tx, row.visitId, cameraSeatId)
}
