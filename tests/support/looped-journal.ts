import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { SeatId } from '@visavis/contract/ids'
import { SEALING } from '@visavis/contract/recording-result'
import { systemClock } from '@visavis/platform/clock'
import { JournalHeader } from '@visavis/recordings/journal/journal-format'
import { createJournalWriter } from '@visavis/recordings/journal/journal-writer'
import type { JournalWriter } from '@visavis/recordings/journal/journal-writer'
import { isRtp } from '../media/rtp-clip.ts'
import type { Clip, ClipTrack, Datagram } from '../media/rtp-clip.ts'

/** One person in a recording: what they show and say, over and over. */
export type LoopedSeat = { readonly seatId: string; readonly clip: Clip }

/** A recording to be written. */
export type LoopedJournal = {
  /** The recorder's own folder of the recording; made if it is not there. */
  readonly folder: string
  readonly visitId: string
  readonly recordingId: string
  readonly epoch: number
  readonly key: Uint8Array
  readonly seats: readonly LoopedSeat[]
  /** Of the clips. */
  readonly clipMs: number
  readonly lengthMs: number
  /** When the recording was opened, by the wall clock. */
  readonly openedAt: Date
}

type LoopedTrack = ClipTrack & { readonly packets: number }
type Due = Datagram & { readonly track: LoopedTrack }
type Loops = {
  readonly journal: JournalWriter
  readonly inOrder: readonly Due[]
  readonly monoStart: bigint
  readonly recording: LoopedJournal
}

const MS_PER_S = 1_000
const NS_PER_MS = 1_000_000n
/** Each seat has other SSRCs. */
const SSRC_STEP = 10_000
/** What is taken before the disk is waited for. */
const SETTLE_EVERY_DATAGRAMS = 20_000

/**
 * Writes the journal of a recording with real VP8 and Opus at their real rates, but faster than real time:
 * the clips again and again, their counters and clocks going on from loop to loop.
 */
export async function writeLoopedJournal(recording: LoopedJournal): Promise<void> {
  const { folder, visitId, recordingId, epoch, key, openedAt } = recording
  const monoStart = process.hrtime.bigint()
  const journal = await createJournalWriter({
    path: join(folder, 'journal.vvj'),
    header: JournalHeader.parse({
      ...{ v: 2, sealing: SEALING, recordingId, visitId, epoch, grantSha256: '0'.repeat(64) },
      ...{ wallStart: openedAt.toISOString(), monoStart: monoStart.toString() },
    }),
    ...{ key, clock: systemClock, onHead: () => undefined },
    onFailed(fault) {
      throw fault
    },
  })
  const tracks = recording.seats.flatMap(tracksOf)
  for (const { tap } of tracks) journal.note({ event: 'trackDescribed', track: tap })
  const inOrder = tracks
    .flatMap((track) => track.datagrams.map((datagram) => ({ ...datagram, track })))
    .toSorted((one, other) => one.dueMs - other.dueMs)
  const loops = Math.ceil(recording.lengthMs / recording.clipMs)
  for (let loop = 0; loop < loops; loop += 1) {
    await writeLoop({ journal, inOrder, monoStart, recording }, loop)
  }
  await journal.close('CLOSED')
}

function tracksOf({ seatId, clip }: LoopedSeat, at: number): LoopedTrack[] {
  return [clip.video, clip.audio].map(({ tap, datagrams }) => ({
    tap: {
      ...tap,
      trackId: randomUUID(),
      seatId: SeatId.parse(seatId),
      ssrc: tap.ssrc + at * SSRC_STEP,
      ...(tap.rtxSsrc === undefined ? {} : { rtxSsrc: tap.rtxSsrc + at * SSRC_STEP }),
    },
    datagrams,
    packets: datagrams.filter(isRtp).length,
  }))
}

async function writeLoop(loops: Loops, loop: number): Promise<void> {
  const { journal, inOrder, monoStart, recording } = loops
  const { clipMs, lengthMs } = recording
  const shiftMs = loop * clipMs
  for (const [at, { track, ...datagram }] of inOrder.entries()) {
    const { dueMs, bytes } = datagram
    if (shiftMs + dueMs >= lengthMs) break
    const monoNs = monoStart + BigInt(Math.round(shiftMs + dueMs)) * NS_PER_MS
    if (isRtp(datagram)) journal.append('rtp', monoNs, movedPacket(bytes, track, { loop, shiftMs }))
    else journal.append('rtcp', monoNs, movedReport(bytes, track, shiftMs))
    if (at % SETTLE_EVERY_DATAGRAMS === 0) await journal.settle()
  }
  await journal.settle()
}

type Moved = { readonly loop: number; readonly shiftMs: number }

function movedPacket(bytes: Buffer, { tap, packets }: LoopedTrack, { loop, shiftMs }: Moved) {
  const moved = Buffer.from(bytes)
  moved.writeUInt16BE((bytes.readUInt16BE(2) + loop * packets) & 0xffff, 2)
  moved.writeUInt32BE((bytes.readUInt32BE(4) + (shiftMs / MS_PER_S) * tap.clockRate) >>> 0, 4)
  moved.writeUInt32BE(tap.ssrc, 8)
  return moved
}

function movedReport(bytes: Buffer, { tap }: LoopedTrack, shiftMs: number): Buffer {
  const moved = Buffer.from(bytes)
  moved.writeUInt32BE(tap.ssrc, 4)
  moved.writeUInt32BE((bytes.readUInt32BE(8) + shiftMs / MS_PER_S) >>> 0, 8)
  moved.writeUInt32BE((bytes.readUInt32BE(16) + (shiftMs / MS_PER_S) * tap.clockRate) >>> 0, 16)
  return moved
}
