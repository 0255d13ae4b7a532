import { SERVER } from '../audit/index.ts'
import { archiveKeyOf } from './export-rules.ts'
import { exportFact } from './exports-parts.ts'
import type { ExportsDeps } from './exports-parts.ts'
import type { StoredExport } from './exports.repo.ts'

/** Ends exports whose time is over: first the key goes, then the bytes. What a crash left is done by the next run. */
export async function expireExports(deps: ExportsDeps): Promise<void> {
  for (const row of await deps.repo.overBy(deps.clock.now())) {
    if (row.state === 'READY') await expire(row, deps)
    await deps.store.remove(archiveKeyOf(row))
    await deps.repo.forgetFile(row.exportId)
  }
}

async function expire(row: StoredExport, { repo, transact, audit }: ExportsDeps): Promise<void> {
  const { exportId } = row
  await transact(async (tx) => {
    const ended = { state: 'EXPIRED', kekId: null, wrapped: null } as const
    const isMine = await repo.move(tx, { exportId, from: ['READY'] }, ended)
    if (isMine) await audit.append(tx, exportFact(row, { actor: SERVER, action: 'export.expire' }))
  })
}
