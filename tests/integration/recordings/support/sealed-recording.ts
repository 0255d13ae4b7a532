import { createHash, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RESULT_FILE, RecordingResult, recordingFolderOf } from '@visavis/contract/recording-result'
import { merkleLeaf, merkleRoot } from '@visavis/platform/proof/merkle'
import { newId } from '@visavis/prisma'
import type { JournalSegment } from '@visavis/contract/recording-result'
import { insertVisit } from '@visavis/prisma/seed'
import { aHeader, journalOf } from '../../../../recordings/src/journal/journal-fixture.ts'
import { createTransact } from '../../../../server/src/platform/transact.ts'
import type { Place } from '../../rest/support/people-and-places.ts'
import { keysOf, putSealed } from '../../rest/support/recorded-visit.ts'
import type { RestWorld } from '../../rest/support/rest-world.ts'

const HOUR_MS = 3_600_000
/** More than one block of a proof, and so little that ten thousand looks at a whole folder take minutes. */
const MASTER_BYTES = { large: 1_300_000, small: 70_000 } as const
const FRAMES = 12

export type EndedVisit = {
  readonly visitId: string
  readonly startsAt: Date
  readonly seats: Place['seats']
}

/** A visit of a day ago that was LIVE for so long, and its timeline. */
export async function anEndedVisit(
  world: RestWorld,
  place: Place,
  lengthMs: number,
): Promise<EndedVisit> {
  const startsAt = new Date(world.clock.now().getTime() - 24 * HOUR_MS)
  const { facilityId, terminalId, inmateId, visitorId } = place
  const endedAt = new Date(startsAt.getTime() + lengthMs)
  const { visit, seats } = await insertVisit(world.db, {
    ...{ facilityId, terminalId, inmateId, startsAt, bookingState: 'FULFILLED' },
    visitorIds: [visitorId],
    session: { state: 'ENDED', outcome: 'COMPLETED', endedAt },
  })
  const { visitId } = visit
  const before = new Date(startsAt.getTime() - 60_000)
  await world.db.timelineEntry.createMany({
    data: [
      ...seats.map(({ seatId }) => ({ at: before, kind: 'ADMITTED', seatId })),
      { at: startsAt, kind: 'STARTED', seatId: null },
    ].map((note) => ({ entryId: newId(), visitId, ...note })),
  })
  return { visitId, startsAt, seats }
}

export type SealedRecording = {
  readonly recordingId: string
  readonly visitId: string
  /** In the object store. */
  readonly folder: string
  readonly key: Uint8Array
  /** Each master's file in the store, and what is in it in clear. */
  readonly masters: ReadonlyMap<string, Buffer>
}

/** What of the visit one epoch kept, in its milliseconds, and how it ended. */
export type Epoch = {
  readonly epoch: number
  readonly fromMs: number
  readonly toMs: number
  readonly isRecovered?: boolean
  /** So many of its masters are more than one block of a proof; absent: none. */
  readonly largeMasters?: number
}

/** A recording whose recorder has just put its sealed files and `result.json` into the object store. */
export async function aMadeRecording(
  world: RestWorld,
  { place, visit, epoch }: { place: Place; visit: EndedVisit; epoch: Epoch },
): Promise<SealedRecording> {
  const { visitId, startsAt, seats } = visit
  const { largeMasters = 0 } = epoch
  const recordingId = newId()
  const folder = recordingFolderOf({ visitId, recordingId })
  const originAt = new Date(startsAt.getTime() + epoch.fromMs)
  const key = await addRow(world, { place, visitId, recordingId, folder, epoch, originAt })
  await mkdir(join(world.config.recordingsDir, folder), { recursive: true })
  const masters = new Map<string, Buffer>()
  const lengthMs = epoch.toMs - epoch.fromMs
  const tracks = []
  for (const { seatId } of seats) {
    for (const kind of ['audio', 'video'] as const) {
      const trackId = newId()
      const plain = randomBytes(MASTER_BYTES[masters.size < largeMasters ? 'large' : 'small'])
      const file = `${trackId}.webm.sealed`
      const master = await putSealed(world, { objectId: recordingId, key, folder, file, plain })
      masters.set(file, plain)
      tracks.push({
        ...{ trackId, seatId, kind, mimeType: `${kind}/webm`, startMs: 0, durationMs: lengthMs },
        ...{ packets: 10, lostPackets: 0, master, holes: [], filledMs: 0 },
        ...{ thumbnails: null, waveform: null },
      })
    }
  }
  const journal = await writeJournal(world, { recordingId, visitId, folder, key, epoch })
  const at = originAt.toISOString()
  const result = RecordingResult.parse({
    ...{ v: 1, recordingId, visitId, epoch: epoch.epoch, grantSha256: 'a'.repeat(64) },
    ...{ openedAt: at, originAt: at, lastMs: lengthMs, anchors: [{ monoMs: 0, wall: at }] },
    ...{ journal, tracks, tools: [{ name: 'visavis', version: '0.1.0' }] },
  })
  await writeFile(join(world.config.recordingsDir, folder, RESULT_FILE), JSON.stringify(result))
  return { recordingId, visitId, folder, key, masters }
}

type NewRow = {
  readonly place: Place
  readonly visitId: string
  readonly recordingId: string
  readonly folder: string
  readonly epoch: Epoch
  readonly originAt: Date
}

async function addRow(world: RestWorld, row: NewRow): Promise<Uint8Array> {
  const { place, visitId, recordingId, folder, epoch, originAt } = row
  const { db, clock } = world
  const destroyAfter = new Date(clock.now().getTime() + 90 * 24 * HOUR_MS)
  const endedAt = new Date(originAt.getTime() + epoch.toMs - epoch.fromMs)
  await db.recording.create({
    data: {
      ...{ recordingId, visitId, folder, destroyAfter, endedAt, epoch: epoch.epoch },
      ...{ state: 'RECORDED', startedAt: originAt, isRecovered: epoch.isRecovered ?? false },
    },
  })
  return createTransact(db)(async (tx) => {
    const object = { objectId: recordingId, facilityId: place.facilityId, destroyAfter }
    const { key, kekId, wrapped } = await keysOf(world).create(tx, object)
    await tx.recordingKey.create({ data: { recordingId, visitId, kekId, wrapped } })
    return key
  })
}

type NewJournal = Pick<SealedRecording, 'recordingId' | 'visitId' | 'folder' | 'key'> & {
  readonly epoch: Epoch
}

async function writeJournal(
  world: RestWorld,
  { recordingId, visitId, folder, key, epoch }: NewJournal,
) {
  const header = aHeader({ recordingId, visitId, epoch: epoch.epoch })
  const frames = Array.from({ length: FRAMES }, (_, index) => [
    { kind: 'rtp' as const, monoNs: BigInt(index), bytes: randomBytes(2_000 + index) },
  ])
  const isClosed = epoch.isRecovered !== true
  const bytes = journalOf(frames, { header, key, isClosed })
  const file = 'journal.vvj'
  await writeFile(join(world.config.recordingsDir, folder, file), bytes)
  const segments = segmentsOf(bytes)
  const leaves = segments.map(({ at, bytes: length }) =>
    merkleLeaf(bytes.subarray(at, at + length)),
  )
  return {
    ...{ file, bytes: bytes.length, cutBytes: 0, isClosed, segments },
    headerSha256: sha256(bytes.subarray(0, segments[0]?.at)),
    root: merkleRoot(leaves).toString('hex'),
  }
}

const FRAME_BYTES_AT = 4
const CHAIN_BYTES = 32

function segmentsOf(journal: Buffer): JournalSegment[] {
  const segments: JournalSegment[] = []
  for (let at = journal.indexOf('\n') + 1; at < journal.length;) {
    const bytes = journal.readUInt32LE(at + FRAME_BYTES_AT)
    const i = segments.length
    const frame = journal.subarray(at, at + bytes)
    const chain = frame.subarray(-CHAIN_BYTES).toString('hex')
    // Of what is inside nothing is checked without a key.
    segments.push({
      i,
      fromMs: i * 1000,
      toMs: i * 1000 + 999,
      at,
      bytes,
      sha256: sha256(frame),
      chain,
    })
    at += bytes
  }
  return segments
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
