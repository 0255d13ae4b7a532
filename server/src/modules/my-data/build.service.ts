import { randomBytes } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import { packed, textFile } from '../../platform/archive.ts'
import type { ArchiveFile } from '../../platform/archive.ts'
import { sealArchive } from '../../platform/sealed-archive.ts'
import type { SealedFigures } from '../../platform/sealed-archive.ts'
import type { Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import { DATA_EXPORT_LIVES_MS, dataFileOf, dataStoreKeyOf } from './data-export-rules.ts'
import { SALT_BYTES, dataKeyOf } from './data-key.ts'
import { dataPage } from './data-page.ts'
import { gatherData } from './gather.service.ts'
import type { Gathered } from './gather.service.ts'
import { enterDataExport } from './my-data-parts.ts'
import type { MyDataDeps } from './my-data-parts.ts'
import type { StoredDataExport } from './my-data.repo.ts'

/**
 * Puts a copy of somebody's data together and seals it. Safe to run twice; somebody who is not there any more
 * fails it for good.
 */
export async function buildData(exportId: string, deps: MyDataDeps): Promise<void> {
  const row = await deps.repo.find(exportId)
  if (row?.state !== 'ASKED') return
  try {
    await build(row, deps)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await fail(row, error.code, deps)
  }
}

async function build(row: StoredDataExport, deps: MyDataDeps): Promise<void> {
  const { exportId } = row
  const gathered = await gatherData(row, deps)
  const salt = randomBytes(SALT_BYTES)
  const made = await seal(row, { gathered, salt }, deps)
  const isReady = await deps.transact((tx) => ready(tx, { row, salt, made }, deps))
  if (!isReady) await deps.store.remove(dataStoreKeyOf(exportId))
}

type Sealing = { readonly gathered: Gathered; readonly salt: Uint8Array<ArrayBuffer> }

async function seal(
  { exportId, language }: StoredDataExport,
  { gathered, salt }: Sealing,
  deps: MyDataDeps,
): Promise<SealedFigures> {
  const madeAt = deps.clock.now()
  const page = dataPage(gathered.data, { language, madeAt, origin: deps.origin })
  const files = [
    textFile('my-data.html', Buffer.from(page)),
    textFile('my-data.json', Buffer.from(`${JSON.stringify(gathered.data, null, 2)}\n`)),
    ...gathered.pictures.map((picture) => pictureFile(picture, deps)),
  ]
  const last = {
    name: 'contents.json',
    of: (all: readonly object[]) => Buffer.from(`${JSON.stringify({ files: all }, null, 2)}\n`),
  }
  const key = dataKeyOf(deps.keyRoot, { exportId, salt })
  const archive = { objectId: exportId, file: dataFileOf(exportId), key }
  const storeKey = dataStoreKeyOf(exportId)
  try {
    return await sealArchive(packed({ files, madeAt, last }), { ...archive, storeKey }, deps.store)
  } finally {
    key.fill(0)
  }
}

function pictureFile(
  { name, bytes, visitorId, documentId }: Gathered['pictures'][number],
  { people }: MyDataDeps,
): ArchiveFile {
  const open = async () => textFile(name, await people.picture({ visitorId, documentId })).open()
  return { name, bytes, open }
}

type Ready = {
  readonly row: StoredDataExport
  readonly salt: Uint8Array<ArrayBuffer>
  readonly made: SealedFigures
}

async function ready(tx: Tx, { row, salt, made }: Ready, deps: MyDataDeps): Promise<boolean> {
  const { exportId, visitorId, asker } = row
  const { bytes, sha256 } = made
  const madeAt = deps.clock.now()
  const expiresAt = new Date(madeAt.getTime() + DATA_EXPORT_LIVES_MS)
  const data = { state: 'READY', madeAt, expiresAt, keySalt: salt, bytes, sha256 } as const
  const isMine = await deps.repo.move(tx, { exportId, from: ['ASKED'] }, data)
  if (!isMine) return false
  const detail = { bytes, sha256 }
  await enterDataExport(tx, deps, {
    ...{ exportId, visitorId, actor: SERVER, action: 'dataExport.make', detail },
  })
  const to = { visitorId: asker.visitorId ?? visitorId }
  await deps.notices.queue(tx, { kind: 'DATA_READY', to, dedupeKey: exportId })
  return true
}

async function fail(
  { exportId, visitorId }: StoredDataExport,
  reason: string,
  deps: MyDataDeps,
): Promise<void> {
  await deps.transact(async (tx) => {
    const ended = { state: 'FAILED', keySalt: null } as const
    if (!(await deps.repo.move(tx, { exportId, from: ['ASKED'] }, ended))) return
    const told = { actor: SERVER, action: 'dataExport.fail', outcome: 'error', reason } as const
    await enterDataExport(tx, deps, { exportId, visitorId, ...told })
  })
  deps.log.error({ exportId, reason }, 'a copy of own data could not be made')
}
