import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { SeatId } from '@visavis/contract/ids'
import {
  RESULT_FILE,
  RecordingResult,
  SEALING,
  recordingFolderOf,
} from '@visavis/contract/recording-result'
import { systemClock } from '@visavis/platform/clock'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { findFfmpeg } from '@visavis/recordings/derive/ffmpeg'
import { finishRecording } from '@visavis/recordings/finish/finish-recording'
import { JournalHeader } from '@visavis/recordings/journal/journal-format'
import { createJournalWriter } from '@visavis/recordings/journal/journal-writer'
import type { JournalWriter } from '@visavis/recordings/journal/journal-writer'
import { readFile } from 'node:fs/promises'
import { compareBlocks, compareJournal } from '../../server/src/modules/recordings/checks-rules.ts'
import type { Comparison } from '../../server/src/modules/recordings/checks-rules.ts'
import { makeClip } from '../media/rtp-clip.ts'
import type { ClipTrack } from '../media/rtp-clip.ts'
import { permissionOf } from './recording-process.ts'

/** A finished visit and what it took. */
export type FinishFigures = {
  readonly finishS: number
  readonly journalBytes: number
  readonly verifyMbPerS: number
  readonly tracks: number
}

const CLIP_S = 10
const SEATS = 2
const MS_PER_S = 1_000
const NS_PER_MS = 1_000_000n
const BYTES_PER_MB = 1_000_000
/** Each seat's clip has other SSRCs; both clips' counters go on from loop to loop. */
const SSRC_STEP = 10_000
/** What is taken before the disk is waited for. */
const SETTLE_EVERY_DATAGRAMS = 20_000

/**
 * Writes the journal of a visit of two with real VP8 and Opus (320 × 180, 400 kbit/s) at its real rates, but
 * faster than real time; then finishes it and checks every file as the scheduled check does.
 */
export async function measureFinish(dataDir: string, minutes: number): Promise<FinishFigures> {
  const visitId = randomUUID()
  const { recordingId, key } = await permissionOf(visitId, 'b'.repeat(32))
  const folder = join(dataDir, recordingFolderOf({ visitId, recordingId }))
  await writeJournal({ folder, visitId, recordingId, key, minutes })
  const store = createFolderStore(dataDir)
  const ffmpeg = await findFfmpeg(process.env['FFMPEG_PATH'])
  const startedAtMs = performance.now()
  await finishRecording({ folder, key, store, isInStore: true, ffmpeg })
  const finishS = (performance.now() - startedAtMs) / MS_PER_S
  const result = RecordingResult.parse(
    JSON.parse(await readFile(join(folder, RESULT_FILE), 'utf8')),
  )
  const { journal, tracks } = result
  return {
    finishS,
    journalBytes: journal.bytes,
    verifyMbPerS: await verify(folder, result),
    tracks: tracks.length,
  }
}

async function writeJournal(visit: {
  folder: string
  visitId: string
  recordingId: string
  key: Uint8Array
  minutes: number
}): Promise<void> {
  const { folder, visitId, recordingId, key, minutes } = visit
  const monoStart = process.hrtime.bigint()
  const journal = await createJournalWriter({
    path: join(folder, 'journal.vvj'),
    header: JournalHeader.parse({
      ...{ v: 2, sealing: SEALING, recordingId, visitId, epoch: 1, grantSha256: '0'.repeat(64) },
      ...{ wallStart: new Date().toISOString(), monoStart: monoStart.toString() },
    }),
    ...{ key, clock: systemClock, onHead: () => undefined },
    onFailed(fault) {
      throw fault
    },
  })
  const { video, audio } = await makeClip(join(folder, '../..'), CLIP_S)
  const tracks = [video, audio].flatMap((track) => seatsOf(track))
  for (const { tap } of tracks) journal.note({ event: 'trackDescribed', track: tap })
  const loops = Math.ceil((minutes * 60) / CLIP_S)
  for (let loop = 0; loop < loops; loop += 1) await writeLoop({ journal, tracks, loop, monoStart })
  await journal.close('CLOSED')
}

function seatsOf({ tap, datagrams }: ClipTrack): ClipTrack[] {
  return Array.from({ length: SEATS }, (_, at) => ({
    tap: {
      ...tap,
      trackId: randomUUID(),
      seatId: SeatId.parse(randomUUID()),
      ssrc: tap.ssrc + at * SSRC_STEP,
      ...(tap.rtxSsrc === undefined ? {} : { rtxSsrc: tap.rtxSsrc + at * SSRC_STEP }),
    },
    datagrams,
  }))
}

async function writeLoop(facts: {
  journal: JournalWriter
  tracks: readonly ClipTrack[]
  loop: number
  monoStart: bigint
}): Promise<void> {
  const { journal, tracks, loop, monoStart } = facts
  const shiftMs = loop * CLIP_S * MS_PER_S
  const all = tracks
    .flatMap((track) => track.datagrams.map(({ dueMs, bytes }) => ({ dueMs, bytes, track })))
    .toSorted((one, other) => one.dueMs - other.dueMs)
  for (const [at, { dueMs, bytes, track }] of all.entries()) {
    const monoNs = monoStart + BigInt(Math.round(shiftMs + dueMs)) * NS_PER_MS
    const isReport = bytes.readUInt8(1) === 200
    const moved = isReport ? movedReport(bytes, track, shiftMs) : movedPacket(bytes, track, loop)
    journal.append(isReport ? 'rtcp' : 'rtp', monoNs, moved)
    if (at % SETTLE_EVERY_DATAGRAMS === 0) await journal.settle()
  }
  await journal.settle()
}

function movedPacket(bytes: Buffer, { tap, datagrams }: ClipTrack, loop: number): Buffer {
  const moved = Buffer.from(bytes)
  const packets = datagrams.filter((one) => one.bytes.readUInt8(1) !== 200).length
  moved.writeUInt16BE((bytes.readUInt16BE(2) + loop * packets) & 0xffff, 2)
  moved.writeUInt32BE((bytes.readUInt32BE(4) + loop * CLIP_S * tap.clockRate) >>> 0, 4)
  moved.writeUInt32BE(tap.ssrc, 8)
  return moved
}

function movedReport(bytes: Buffer, { tap }: ClipTrack, shiftMs: number): Buffer {
  const moved = Buffer.from(bytes)
  moved.writeUInt32BE(tap.ssrc, 4)
  moved.writeUInt32BE((bytes.readUInt32BE(8) + shiftMs / MS_PER_S) >>> 0, 8)
  moved.writeUInt32BE((bytes.readUInt32BE(16) + (shiftMs / MS_PER_S) * tap.clockRate) >>> 0, 16)
  return moved
}

/** The scheduled check's own comparison of journal, masters and thumbnails; megabytes of them a second. */
async function verify(folder: string, { journal, tracks }: RecordingResult): Promise<number> {
  const files: [string, Comparison][] = [[journal.file, compareJournal(journal)]]
  for (const { master, thumbnails } of tracks) {
    files.push([master.file, compareBlocks(master)])
    if (thumbnails) files.push([thumbnails.proof.file, compareBlocks(thumbnails.proof)])
  }
  let bytes = 0
  const startedAtMs = performance.now()
  for (const [file, comparison] of files) {
    const path = join(folder, file)
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      comparison.add(chunk as Buffer)
    }
    const bad = comparison.end()
    if (bad) throw new RangeError(`${file} is damaged: ${bad.fromByte}-${bad.toByte}`)
    bytes += (await stat(path)).size
  }
  return bytes / BYTES_PER_MB / ((performance.now() - startedAtMs) / MS_PER_S)
}
