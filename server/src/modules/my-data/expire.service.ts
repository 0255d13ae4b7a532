import type { Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { AuditActor } from '../audit/index.ts'
import { dataStoreKeyOf } from './data-export-rules.ts'
import { enterDataExport } from './my-data-parts.ts'
import type { MyDataDeps } from './my-data-parts.ts'
import type { StoredDataExport } from './my-data.repo.ts'

type Ending = {
  readonly row: Pick<StoredDataExport, 'exportId' | 'visitorId'>
  readonly actor: AuditActor
  readonly action: string
  readonly requestId?: string
}

/** Takes an archive's key away; the bytes follow by the job. What is over already stays as it is. */
export async function endData(
  tx: Tx,
  { row: { exportId, visitorId }, ...told }: Ending,
  deps: MyDataDeps,
): Promise<void> {
  const which = { exportId, from: ['ASKED' as const, 'READY' as const] }
  const isMine = await deps.repo.move(tx, which, { state: 'EXPIRED', keySalt: null })
  if (isMine) await enterDataExport(tx, deps, { exportId, visitorId, ...told })
}

/** Ends what is past its time and removes what is over; what a crash left is done by the next run. */
export async function expireData(deps: MyDataDeps): Promise<void> {
  const { repo, transact, clock, store } = deps
  await transact(async (tx) => {
    for (const row of await repo.overBy(tx, clock.now())) {
      await endData(tx, { row, actor: SERVER, action: 'dataExport.expire' }, deps)
    }
  })
  for (const { exportId } of await repo.withFiles()) {
    await store.remove(dataStoreKeyOf(exportId))
    await repo.forgetFile(exportId)
  }
}
