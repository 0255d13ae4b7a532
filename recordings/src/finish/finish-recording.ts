import { join } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import { RecordingInfo } from '@visavis/contract/recorder-control'
import type { FinishedTrack } from '@visavis/contract/recorder-control'
import { stat } from 'node:fs/promises'
import { partName, writeWhole } from '../durable.ts'
import { openFileSource } from '../journal/byte-source.ts'
import type { ByteSource } from '../journal/byte-source.ts'
import type { ObjectStore } from '../object-store.ts'
import { JOURNAL_FILE, RESULT_FILE } from '../recording-folders.ts'
import { opusFrames, vp8Frames } from './frames.ts'
import type { Frame } from './frames.ts'
import { indexJournal } from './journal-index.ts'
import type { JournalIndex } from './journal-index.ts'
import { muxTrack } from './mux.ts'
import type { Muxed } from './mux.ts'
import { createTrackClock, ntpOffsetMs } from './recording-clock.ts'
import { trackStream } from './track-stream.ts'
import type { TrackStream } from './track-stream.ts'

type Kit = { readonly folder: string; readonly source: ByteSource; readonly store: ObjectStore }
type Made = { readonly stream: TrackStream; readonly muxed: Muxed; readonly bytes: number }

/** Which pictures and sounds can be put into a file as they are. */
const READERS: Readonly<
  Record<string, (packets: TrackStream['packets'], source: ByteSource) => Iterable<Frame>>
> = { 'video/vp8': vp8Frames, 'audio/opus': opusFrames }

const MIME_TYPES = {
  video: 'video/webm; codecs="vp8"',
  audio: 'audio/webm; codecs="opus"',
} as const

/**
 * Makes the playable files of a recording from its journal, which stays as it is, and writes the result
 * beside it. May be repeated at any time: it makes the same again. Throws a Fault for a journal without a
 * header, and whatever the disk refuses with.
 */
export async function finishRecording(folder: string, store: ObjectStore): Promise<RecordingInfo> {
  const source = openFileSource(join(folder, JOURNAL_FILE))
  try {
    const index = indexJournal(source)
    if (!index) throw new Fault('the journal has no header')
    const made = await makeTracks(index, { folder, source, store })
    const info = describe(index, made)
    await writeWhole(join(folder, RESULT_FILE), `${JSON.stringify(info, null, 2)}\n`)
    return info
  } finally {
    source.close()
  }
}

async function makeTracks(index: JournalIndex, kit: Kit): Promise<Made[]> {
  const streams = [...index.tracks.values()].map((track) => trackStream(index, track, kit.source))
  const ntpOffset = ntpOffsetMs(streams)
  const made: Made[] = []
  for (const stream of streams) {
    const muxed = await makeTrack(stream, ntpOffset, kit)
    if (!muxed) continue
    const part = partFile(stream, kit)
    const { size } = await stat(part)
    await kit.store.put(objectKey(index, stream), part)
    made.push({ stream, muxed, bytes: size })
  }
  return made
}

async function makeTrack(
  stream: TrackStream,
  ntpOffset: number | null,
  kit: Kit,
): Promise<Muxed | null> {
  const { kind, mimeType, channels } = stream.track
  const read = READERS[mimeType.toLowerCase()]
  if (!read) return null
  const clock = createTrackClock(stream, ntpOffset)
  const path = partFile(stream, kit)
  return muxTrack(read(stream.packets, kit.source), { path, kind, channels, clock })
}

function partFile({ track }: TrackStream, { folder }: Kit): string {
  return partName(join(folder, `${track.trackId}.webm`))
}

function objectKey({ header }: JournalIndex, { track }: TrackStream): string {
  return `${header.visitId}/${header.recordingId}/${track.trackId}.webm`
}

/** The recording's time begins with the first frame of any track. */
function describe(index: JournalIndex, made: readonly Made[]): RecordingInfo {
  const { recordingId, visitId, epoch } = index.header
  const originMs = Math.min(...made.map(({ muxed }) => muxed.firstMs))
  const tracks = made.map(({ stream, muxed, bytes }): FinishedTrack => {
    const { trackId, seatId, kind } = stream.track
    return {
      trackId,
      seatId,
      kind,
      file: objectKey(index, stream),
      mimeType: MIME_TYPES[kind],
      bytes,
      startMs: Math.round(muxed.firstMs - originMs),
      durationMs: Math.round(muxed.durationMs),
      packets: stream.packets.length,
      lostPackets: stream.lostPackets,
    }
  })
  return RecordingInfo.parse({
    recordingId,
    visitId,
    epoch,
    state: 'FINISHED',
    packets: index.packetCount,
    tracks,
    ...(index.isClosed ? {} : { isRecovered: true }),
  })
}
