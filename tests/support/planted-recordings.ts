import { join } from 'node:path'
import { panic } from '@visavis/contract/errors'
import { recordingFolderOf } from '@visavis/contract/recording-result'
import { systemClock } from '@visavis/platform/clock'
import { createLogger } from '@visavis/platform/log'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { createDatabase, newId } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { insertVisit } from '@visavis/prisma/seed'
import { findFfmpeg } from '@visavis/recordings/derive/ffmpeg'
import { finishRecording } from '@visavis/recordings/finish/finish-recording'
import { buildApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config.ts'
import type { ServerConfig } from '../../server/src/config.ts'
import { createRecordingKeys } from '../../server/src/modules/recordings/index.ts'
import type { RecordingProofs } from '../../server/src/modules/recordings/index.ts'
import { createTransact } from '../../server/src/platform/transact.ts'
import type { Clip } from '../media/rtp-clip.ts'
import { writeLoopedJournal } from './looped-journal.ts'
import { aSigningKey } from './signing-key.ts'
import type { Stack } from './stack.ts'

/** What a stack is started with, so that recordings can be put into it which its server can open. */
export type PlantingKeys = {
  readonly KEYS_DIR: string
  readonly KEY_ROOT: string
  readonly CERTIFICATE_KEY: string
}

/** Keys of a stack to plant recordings in; those of the months lie in `folder`. */
export function plantingKeys(folder: string): PlantingKeys {
  return {
    KEYS_DIR: join(folder, 'keys'),
    // As the test's own: it reads what the stack has stored of people.
    KEY_ROOT: process.env['KEY_ROOT'] ?? '',
    CERTIFICATE_KEY: aSigningKey(),
  }
}

/** Who met, when, and what of it was recorded. */
export type PlantedVisit = {
  readonly facilityId: string
  readonly terminalId: string
  readonly inmateId: string
  readonly visitorIds: readonly string[]
  readonly startsAt: Date
  /** How long it was live. */
  readonly lengthMs: number
  /** What each side shows and says, over and over. */
  readonly clips: { readonly VISITOR: Clip; readonly INMATE: Clip; readonly clipMs: number }
  /** The stretches that were recorded, each an epoch; absent: all of it. After all but the last the recorder died. */
  readonly parts?: readonly { readonly fromMs: number; readonly toMs: number }[]
  readonly destroyAfter: Date
}

export type Planted = {
  readonly visitId: string
  readonly recordingIds: readonly string[]
  readonly seatIdOf: (party: 'VISITOR' | 'INMATE') => string
}

/** Puts finished recordings with real media into a running stack, as its own recorder would have left them. */
export type Planting = {
  readonly db: Database
  readonly plant: (visit: PlantedVisit) => Promise<Planted>
  readonly close: () => Promise<void>
}

type Ground = {
  readonly db: Database
  readonly config: ServerConfig
  readonly proofs: RecordingProofs
}

/** Beside a stack that was started with these keys. */
export async function openPlanting(
  stack: Pick<Stack, 'databaseUrl' | 'recordingsDir'>,
  keys: PlantingKeys,
): Promise<Planting> {
  const db = createDatabase(stack.databaseUrl, { applicationName: 'visavis-test', poolSize: 3 })
  const config = configOf(stack, keys)
  const given: RecordingProofs[] = []
  const app = await buildApp(config, {
    ...{ db, clock: systemClock, log: createLogger('planting', 'silent'), jobs: 'send-only' },
    attachLive: async ({ scheduling }) => {
      given.push(scheduling.proofs)
      const health = () => ({ mediaNodes: [], recorders: [] })
      return { health, close: async () => undefined }
    },
  })
  const ground = { db, config, proofs: given[0] ?? panic('no proofs of recordings') }
  return {
    db,
    plant: (visit) => plant(ground, visit),
    close: async () => {
      await app.close()
      await db.$disconnect()
    },
  }
}

function configOf(
  { databaseUrl, recordingsDir }: Pick<Stack, 'databaseUrl' | 'recordingsDir'>,
  keys: PlantingKeys,
): ServerConfig {
  const secret = 'p'.repeat(64)
  return readConfig({
    ...{ DATABASE_URL: databaseUrl, RECORDINGS_DIR: recordingsDir, NODE_ENV: 'test' },
    ...{ CONTROL_SECRET: secret, GRANT_SECRET: secret, DOCUMENT_KEY: 'd'.repeat(64) },
    // Nobody is there: what is planted was recorded long ago.
    ...{ MEDIA_NODES: 'http://127.0.0.1:9', RECORDERS: 'http://127.0.0.1:9' },
    ...keys,
  })
}

async function plant(ground: Ground, given: PlantedVisit): Promise<Planted> {
  const { db } = ground
  const { facilityId, terminalId, inmateId, visitorIds, startsAt, lengthMs } = given
  const endedAt = new Date(startsAt.getTime() + lengthMs)
  const { visit, seats } = await insertVisit(db, {
    ...{ facilityId, terminalId, inmateId, visitorIds, startsAt, bookingState: 'FULFILLED' },
    session: { state: 'ENDED', outcome: 'COMPLETED', endedAt },
  })
  const { visitId } = visit
  const seatIdOf = (party: 'VISITOR' | 'INMATE'): string =>
    seats.find((seat) => seat.party === party)?.seatId ?? panic(`no seat of ${party}`)
  const before = new Date(startsAt.getTime() - 60_000)
  await db.seat.updateMany({ where: { visitId }, data: { arrivedAt: before } })
  await db.timelineEntry.createMany({
    data: [
      ...seats.map(({ seatId }) => ({ at: before, kind: 'ADMITTED', seatId })),
      { at: startsAt, kind: 'STARTED', seatId: null },
    ].map((note) => ({ entryId: newId(), visitId, ...note })),
  })
  const parts = given.parts ?? [{ fromMs: 0, toMs: lengthMs }]
  const recordingIds: string[] = []
  for (const [at, part] of parts.entries()) {
    const isRecovered = at < parts.length - 1
    recordingIds.push(
      await record(ground, { given, visitId, seatIdOf, part, epoch: at + 1, isRecovered }),
    )
  }
  for (const recordingId of recordingIds) await ground.proofs.takeResult(recordingId)
  return { visitId, recordingIds, seatIdOf }
}

type Part = Pick<Planted, 'visitId' | 'seatIdOf'> & {
  readonly given: PlantedVisit
  readonly part: { readonly fromMs: number; readonly toMs: number }
  readonly epoch: number
  readonly isRecovered: boolean
}

async function record(ground: Ground, each: Part): Promise<string> {
  const { given, visitId, seatIdOf, part, epoch } = each
  const recordingId = newId()
  const openedAt = new Date(given.startsAt.getTime() + part.fromMs)
  const key = await addRow(ground, { ...each, recordingId, openedAt })
  const { recordingsDir } = ground.config
  const folder = join(recordingsDir, recordingFolderOf({ visitId, recordingId }))
  const { clipMs, ...clips } = given.clips
  await writeLoopedJournal({
    ...{ folder, visitId, recordingId, epoch, key, openedAt, clipMs },
    lengthMs: part.toMs - part.fromMs,
    seats: (['VISITOR', 'INMATE'] as const).map((party) => ({
      seatId: seatIdOf(party),
      clip: clips[party],
    })),
  })
  const store = createFolderStore(recordingsDir)
  const ffmpeg = await findFfmpeg(process.env['FFMPEG_PATH'])
  await finishRecording({ folder, key, store, isInStore: true, ffmpeg })
  key.fill(0)
  return recordingId
}

type NewRow = Part & { readonly recordingId: string; readonly openedAt: Date }

/** The row and the key of a recording that was made and not yet taken in. */
async function addRow({ db, config }: Ground, row: NewRow): Promise<Uint8Array<ArrayBuffer>> {
  const { given, visitId, recordingId, openedAt, part, epoch, isRecovered } = row
  const { facilityId, destroyAfter } = given
  const endedAt = new Date(given.startsAt.getTime() + part.toMs)
  const folder = recordingFolderOf({ visitId, recordingId })
  await db.recording.create({
    data: {
      ...{ recordingId, visitId, folder, destroyAfter, endedAt, epoch, isRecovered },
      ...{ state: 'RECORDED', startedAt: openedAt },
    },
  })
  const { keysDir, keyRoot } = config
  const keys = createRecordingKeys({ db, keysDir, rootKey: keyRoot, clock: systemClock })
  return createTransact(db)(async (tx) => {
    const made = await keys.create(tx, { objectId: recordingId, facilityId, destroyAfter })
    const { key, kekId, wrapped } = made
    await tx.recordingKey.create({ data: { recordingId, visitId, kekId, wrapped } })
    return key
  })
}
