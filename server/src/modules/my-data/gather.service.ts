import type { Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { PersonalFile } from '../people/index.ts'
import type { RecordedView } from '../retention/index.ts'
import { gatheredRepo } from './gathered.repo.ts'
import type { OwnAccount, OwnNotice, OwnSeat } from './gathered.repo.ts'
import { enterDataExport } from './my-data-parts.ts'
import type { MyDataDeps } from './my-data-parts.ts'
import type { StoredDataExport } from './my-data.repo.ts'

/** All that is kept of a visitor and may be told to them; written as JSON as it stands. */
export type OwnData = {
  readonly madeAt: string
  readonly service: string
  readonly person: PersonalFile['profile']
  readonly children: PersonalFile['children']
  readonly relationships: PersonalFile['relationships']
  readonly visits: readonly OwnSeat[]
  readonly recordings: readonly RecordedView[]
  readonly messages: readonly OwnNotice[]
  readonly accounts: readonly OwnAccount[]
  readonly deviceTests: Awaited<ReturnType<typeof rowsOf>>['deviceTests']
  readonly waiting: Awaited<ReturnType<typeof rowsOf>>['waiting']
  readonly copies: Awaited<ReturnType<typeof rowsOf>>['copies']
}

/** The data, and the pictures that go along; their bytes are read when their turn comes. */
export type Gathered = {
  readonly data: OwnData
  readonly pictures: readonly {
    readonly name: string
    readonly bytes: number
    readonly visitorId: string
    readonly documentId: string
  }[]
}

/**
 * Reads everything about the person; the entry is there before anything is read (TR-1). Recordings are named,
 * not included; who watched live, notes of staff and other people's data are left out. Refuses NOT_FOUND.
 */
export async function gatherData(row: StoredDataExport, deps: MyDataDeps): Promise<Gathered> {
  const { exportId, visitorId } = row
  await deps.transact(async (tx) => {
    // From here on bytes may lie in the store, whatever becomes of this server.
    await deps.repo.move(tx, { exportId, from: ['ASKED'] }, { hasFile: true })
    const told = { actor: SERVER, action: 'dataExport.gather' }
    await enterDataExport(tx, deps, { exportId, visitorId, ...told })
  })
  const recordings = (await deps.recordedOf({ visitorId })).filter(({ isRecorded }) => isRecorded)
  const rows = await deps.transact(async (tx) => ({
    ...(await rowsOf(tx, visitorId)),
    file: await deps.people.read(tx, visitorId),
  }))
  const { file, ...others } = rows
  const data = {
    ...{ madeAt: deps.clock.now().toISOString(), service: deps.origin },
    ...{ person: file.profile, children: file.children, relationships: file.relationships },
    ...{ recordings, ...others },
  }
  return { data, pictures: picturesOf(file.profile) }
}

async function rowsOf(tx: Tx, visitorId: string) {
  const accounts = await gatheredRepo.accounts(tx, visitorId)
  const accountIds = accounts.map(({ accountId }) => accountId)
  return {
    accounts,
    visits: await gatheredRepo.seats(tx, visitorId),
    messages: await gatheredRepo.notices(tx, visitorId),
    deviceTests: await gatheredRepo.deviceTests(tx, accountIds),
    waiting: await gatheredRepo.waiting(tx, accountIds),
    copies: await gatheredRepo.exports(tx, visitorId),
  }
}

function picturesOf({ visitorId, documents }: PersonalFile['profile']): Gathered['pictures'] {
  return documents.map(({ documentId, kind, mimeType, sizeBytes: bytes }) => {
    const ending = mimeType.slice(mimeType.indexOf('/') + 1)
    return { name: `pictures/${kind.toLowerCase()}.${ending}`, bytes, visitorId, documentId }
  })
}
