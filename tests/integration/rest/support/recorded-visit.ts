import { createHash } from 'node:crypto'
import { mkdir, open, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  RESULT_FILE,
  RecordingResult,
  SEALING,
  recordingFolderOf,
} from '@visavis/contract/recording-result'
import type { FileProof } from '@visavis/contract/recording-result'
import { fileContext, sealMessage } from '@visavis/platform/sealed/cobblestone'
import { createFileProver } from '@visavis/platform/proof/file-proof'
import { newId } from '@visavis/prisma'
import { createTransact } from '../../../../server/src/platform/transact.ts'
import { createRecordingKeys } from '../../../../server/src/modules/recordings/index.ts'
import type { Place } from './people-and-places.ts'
import type { RestWorld } from './rest-world.ts'

/** What stands in the picture track's file: several sealed chunks, every byte unlike its neighbours. */
export const TRACK_BYTES = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251))
/** What stands in the sound track's file. */
export const SOUND_BYTES = Buffer.from(Array.from({ length: 20_000 }, (_, index) => index % 241))
/** As much of WebP pictures as nobody looks at, end to end in one file. */
export const PICTURES = [Buffer.from('RIFF-first'), Buffer.from('RIFF-the second')]
/** Two seconds of voice, one of silence. */
export const LEVELS = Buffer.from([...Array<number>(20).fill(90), ...Array<number>(10).fill(1)])

export type RecordedVisit = {
  readonly visitId: string
  readonly recordingId: string
  /** Of the visitor's picture. */
  readonly trackId: string
  /** Of the inmate's sound. */
  readonly soundId: string
  /** In the object store. */
  readonly folder: string
  readonly originAt: Date
}

/** What is recorded, where it is not the place's own visit. */
export type Given = {
  readonly state?: 'OPEN' | 'FINISHED' | 'RECORDED' | 'FAILED'
  readonly visit?: { readonly visitId: string; readonly seats: Place['seats'] }
  readonly epoch?: number
  readonly originAt?: Date
  readonly track?: Buffer
}

/** A recording of a visit with its sealed files in the object store, as a recorder and the server leave it. */
export async function aRecordedVisit(
  world: RestWorld,
  place: Place,
  given: Given = {},
): Promise<RecordedVisit> {
  const { state = 'FINISHED', visit = place, epoch = 1, originAt = world.clock.now() } = given
  const { visitId } = visit
  const ids = { recordingId: newId(), trackId: newId(), soundId: newId(), visitId }
  const folder = recordingFolderOf(ids)
  const key = await addRecording(world, place, { ...ids, folder, state, epoch, originAt })
  const recorded = { ...ids, folder, originAt }
  if (state !== 'FINISHED') return recorded
  const files = await sealFiles(world, recorded, { key, track: given.track ?? TRACK_BYTES })
  await addTracks(world, recorded, { seats: visit.seats, files })
  return recorded
}

type NewRecording = Omit<RecordedVisit, 'trackId' | 'soundId'> & {
  readonly state: NonNullable<Given['state']>
  readonly epoch: number
}

async function addRecording(
  world: RestWorld,
  { facilityId }: Place,
  recording: NewRecording,
): Promise<Uint8Array> {
  const { recordingId, visitId, folder, state, epoch, originAt } = recording
  const { db, clock } = world
  const destroyAfter = new Date(clock.now().getTime() + 90 * 86_400_000)
  const ended = state === 'OPEN' ? {} : { endedAt: originAt }
  await db.recording.create({
    data: {
      ...{ recordingId, visitId, epoch, state, startedAt: originAt, folder, destroyAfter },
      ...ended,
      ...(state === 'FINISHED' ? { originAt, lastMs: 5_040 } : {}),
    },
  })
  return createTransact(db)(async (tx) => {
    const object = { objectId: recordingId, facilityId, destroyAfter }
    const { key, kekId, wrapped } = await keysOf(world).create(tx, object)
    await tx.recordingKey.create({ data: { recordingId, visitId, kekId, wrapped } })
    return key
  })
}

/** The keys as the server of that world has them. */
export function keysOf({ db, config, clock }: RestWorld) {
  return createRecordingKeys({ db, keysDir: config.keysDir, rootKey: config.keyRoot, clock })
}

type Files = { readonly track: FileProof; readonly sound: FileProof; readonly pictures: FileProof }

async function sealFiles(
  world: RestWorld,
  { recordingId, trackId, soundId, folder }: RecordedVisit,
  { key, track }: { key: Uint8Array; track: Buffer },
): Promise<Files> {
  const put = (file: string, plain: Buffer) =>
    putSealed(world, { objectId: recordingId, key, folder, file, plain })
  return {
    track: await put(`${trackId}.webm.sealed`, track),
    sound: await put(`${soundId}.webm.sealed`, SOUND_BYTES),
    pictures: await put(`thumbnails-${trackId}.sealed`, Buffer.concat(PICTURES)),
  }
}

type NewFile = {
  readonly objectId: string
  readonly key: Uint8Array
  readonly folder: string
  readonly file: string
  readonly plain: Buffer
}

/** Seals bytes into the object store's folder, as a recorder does; its proof. */
export async function putSealed(
  { config }: RestWorld,
  { objectId, key, folder, file, plain }: NewFile,
): Promise<FileProof> {
  const sealed = sealMessage(plain, { key, context: fileContext(objectId, file) })
  const prover = createFileProver()
  prover.add(plain)
  prover.addSealed(sealed)
  const path = join(config.recordingsDir, folder, file)
  await mkdir(dirname(path), { recursive: true })
  // What lies there may be another name of an object in the store: never written through.
  await rm(path, { force: true })
  await writeFile(path, sealed)
  return prover.result(file)
}

async function addTracks(
  world: RestWorld,
  recorded: RecordedVisit,
  { seats, files }: { seats: Place['seats']; files: Files },
): Promise<void> {
  const { recordingId, visitId, trackId, soundId, folder } = recorded
  const seatIdOf = (party: string) => seats.find((seat) => seat.party === party)?.seatId ?? ''
  const ids = { recordingId, visitId, packets: 10, lostPackets: 0 }
  const picture = { ...ids, trackId, kind: 'video' as const, party: 'VISITOR' as const }
  const sound = { ...ids, trackId: soundId, kind: 'audio' as const, party: 'INMATE' as const }
  const tracks = [
    {
      ...picture,
      seatId: seatIdOf('VISITOR'),
      file: files.track.file,
      startMs: 40,
      durationMs: 5_000,
    },
    { ...sound, seatId: seatIdOf('INMATE'), file: files.sound.file, startMs: 0, durationMs: 3_000 },
  ]
  await world.db.recordingTrack.createMany({ data: tracks })
  const text = Buffer.from(JSON.stringify(resultOf(recorded, { tracks, files })))
  await writeFile(join(world.config.recordingsDir, folder, RESULT_FILE), text)
  const resultSha256 = createHash('sha256').update(text).digest('hex')
  await world.db.recording.update({ where: { recordingId }, data: { resultSha256 } })
}

const HASH = 'a'.repeat(64)

type TrackRow = {
  readonly trackId: string
  readonly seatId: string
  readonly kind: 'audio' | 'video'
  readonly startMs: number
  readonly durationMs: number
}

function resultOf(
  { recordingId, visitId, originAt }: RecordedVisit,
  { tracks, files }: { tracks: readonly TrackRow[]; files: Files },
): RecordingResult {
  const [first, second] = PICTURES.map(({ length }) => length)
  const pictures = [
    { atMs: 40, at: 0, bytes: first ?? 0 },
    { atMs: 4_040, at: first ?? 0, bytes: second ?? 0 },
  ]
  const trackOf = ({ trackId, seatId, kind, startMs, durationMs }: TrackRow) => ({
    ...{ trackId, seatId, kind, startMs, durationMs, mimeType: `${kind}/webm` },
    ...{ packets: 10, lostPackets: 0, holes: [], filledMs: 0 },
    master: kind === 'video' ? files.track : files.sound,
    thumbnails: kind === 'video' ? { proof: files.pictures, everyMs: 4_000, pictures } : null,
    waveform: kind === 'audio' ? { everyMs: 100, levels: LEVELS.toString('base64') } : null,
  })
  const at = originAt.toISOString()
  return RecordingResult.parse({
    ...{ v: 1, recordingId, visitId, epoch: 1, grantSha256: HASH, openedAt: at, originAt: at },
    ...{ lastMs: 5_040, anchors: [{ monoMs: 0, wall: at }], tracks: tracks.map(trackOf) },
    journal: {
      ...{ file: 'journal.vvj', bytes: 1, cutBytes: 0, isClosed: true, headerSha256: HASH },
      ...{ segments: [], root: HASH },
    },
    tools: [{ name: SEALING, version: '1' }],
  })
}

/** Damages one byte of a file in the object store. */
export async function damage(world: RestWorld, path: string, at: number): Promise<void> {
  const file = await open(join(world.config.recordingsDir, path), 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, at)
  await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, at)
  await file.close()
}
