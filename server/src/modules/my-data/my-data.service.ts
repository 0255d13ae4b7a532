import { Refusal, panic } from '@visavis/contract/errors'
import { newId } from '../../platform/ids.ts'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { dataExportView } from './data-export-rules.ts'
import type { DataExport } from './data-export-rules.ts'
import { downloadData } from './download.service.ts'
import type { DataDownload } from './download.service.ts'
import { endData } from './expire.service.ts'
import { enterDataExport } from './my-data-parts.ts'
import type { MyDataDeps } from './my-data-parts.ts'
import type { StoredDataExport } from './my-data.repo.ts'

/** Who acts, and under which request. */
type Act = { readonly actor: AccountActor; readonly requestId: string }
type Wish = { readonly childId?: string | undefined; readonly language: string }

/** Asking for copies of own data, and fetching them. */
export type MyData = ReturnType<typeof createMyData>

export function createMyData(deps: MyDataDeps) {
  return {
    async list({ actor }: Act): Promise<DataExport[]> {
      const rows = await deps.repo.list(actor.accountId)
      return rows.map((row) => viewOf(row, actor, deps))
    },
    one: async (exportId: string, { actor }: Act): Promise<DataExport> =>
      viewOf(await ownExport(exportId, actor, deps), actor, deps),
    ask: (wish: Wish, { once, ...act }: Act & { once: Once }): Promise<DataExport> =>
      once((tx) => ask(tx, { wish, ...act }, deps)),
    async remove(exportId: string, { once, ...act }: Act & { once: Once }) {
      const reply = await once((tx) => remove(tx, { exportId, ...act }, deps))
      await deps.jobs.runNow('dataExports.expire').catch((error: unknown) => {
        // The archive's key is gone; the bytes are removed by the next run.
        deps.log.warn({ exportId, err: error }, 'archive of own data was not removed yet')
      })
      return reply
    },
    download: async (exportId: string, call: DataDownload) =>
      downloadData(await ownExport(exportId, call.actor, deps), call, deps),
  }
}

function viewOf(row: StoredDataExport, actor: AccountActor, { clock }: MyDataDeps): DataExport {
  const ownId = actor.visitorId ?? panic('a visitor’s account without a visitor')
  return dataExportView(row, { ownId, now: clock.now() })
}

/** TR-3: of this very account; everybody else's is NOT_FOUND. */
async function ownExport(
  exportId: string,
  { accountId }: AccountActor,
  { repo }: MyDataDeps,
): Promise<StoredDataExport> {
  const row = await repo.find(exportId)
  if (row?.askedBy !== accountId) throw new Refusal('NOT_FOUND')
  return row
}

async function ask(
  tx: Tx,
  { wish: { childId, language }, actor, requestId }: Act & { wish: Wish },
  deps: MyDataDeps,
): Promise<DataExport> {
  const { repo, clock, jobs } = deps
  const visitorId = await deps.people.whose(tx, { actor, requestId }, childId)
  const askedAt = clock.now()
  for (const over of await repo.overBy(tx, askedAt, visitorId)) {
    await endData(tx, { row: over, actor: SERVER, action: 'dataExport.expire' }, deps)
  }
  const exportId = newId()
  const row = { exportId, visitorId, askedBy: actor.accountId, language, askedAt }
  if (!(await repo.add(tx, row))) throw new Refusal('TOO_MANY_OPEN_REQUESTS')
  await jobs.send(tx, 'dataExports.build', { exportId }, { singletonKey: exportId })
  const told = { actor: auditActorOf(actor), action: 'dataExport.ask', requestId }
  await enterDataExport(tx, deps, { exportId, visitorId, ...told })
  return viewOf((await repo.find(exportId, tx)) ?? panic('a new export is not there'), actor, deps)
}

async function remove(
  tx: Tx,
  { exportId, actor, requestId }: Act & { exportId: string },
  deps: MyDataDeps,
): Promise<Record<string, never>> {
  const row = await ownExport(exportId, actor, deps)
  const told = { actor: auditActorOf(actor), action: 'dataExport.remove', requestId }
  await endData(tx, { row, ...told }, deps)
  return {}
}
