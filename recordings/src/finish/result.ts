import type { RecordingResult, ResultTrack } from '@visavis/contract/recording-result'
import { TrackId } from '@visavis/contract/ids'
import { merkleRoot } from '@visavis/platform/proof/merkle'
import type { Ffmpeg } from '../derive/ffmpeg.ts'
import type { OpenJournal } from '../journal/journal-reader.ts'
import { JOURNAL_FILE } from '../recording-folders.ts'
import { holesOf } from './hole-rules.ts'
import type { DescribedTrack, JournalIndex } from './journal-index.ts'
import type { KeptTrack } from './keep-track.ts'
import { toolsOf } from './tools.ts'
import type { TrackMade } from './track-making.ts'

const MIME_TYPES = {
  video: 'video/webm; codecs="vp8"',
  audio: 'audio/webm; codecs="opus"',
} as const

type Finished = {
  readonly journal: OpenJournal
  readonly index: JournalIndex
  readonly originMs: number
  readonly cutBytes: number
  readonly tracks: readonly KeptTrack[]
  readonly ffmpeg: Ffmpeg | null
}

/** All that is told of a finished recording. */
export function resultOf(finished: Finished): RecordingResult {
  const { journal, index, originMs, tracks, ffmpeg } = finished
  const { recordingId, visitId, epoch, grantSha256, wallStart } = journal.header
  const endsMs = tracks.map(({ made }) => made.firstMs + made.durationMs - originMs)
  const lastMs = Math.max(0, ...endsMs)
  return {
    v: 1,
    recordingId,
    visitId,
    epoch,
    grantSha256,
    openedAt: wallStart,
    originAt: new Date(Date.parse(wallStart) + Math.round(originMs)).toISOString(),
    lastMs: Math.round(lastMs),
    anchors: [...index.anchors],
    journal: journalOf(finished),
    tracks: tracks.map((track) => {
      const stoodToMs = Math.min(lastMs, replacedMs(track.made, index) - originMs)
      return trackOf(track, { originMs, stoodToMs, index })
    }),
    tools: toolsOf(ffmpeg),
  }
}

function journalOf({ journal, index, cutBytes }: Finished): RecordingResult['journal'] {
  return {
    file: JOURNAL_FILE,
    bytes: journal.wholeBytes,
    cutBytes,
    isClosed: journal.isClosed,
    headerSha256: journal.headerSha256.toString('hex'),
    segments: [...index.segments],
    root: merkleRoot(journal.frames.map(({ leaf }) => leaf)).toString('hex'),
    damaged: [...journal.damaged],
  }
}

type TrackTimes = {
  readonly originMs: number
  /** In the recording's time. */
  readonly stoodToMs: number
  readonly index: JournalIndex
}

function trackOf(
  { made, master, thumbnails, waveform }: KeptTrack,
  { originMs, stoodToMs, index }: TrackTimes,
): ResultTrack {
  const { trackId, seatId, kind } = made.stream.track
  const describedMs = index.tracks.get(trackId)?.describedMs ?? originMs
  const stretches = made.stretches.map(({ fromMs, toMs }) => ({
    fromMs: fromMs - originMs,
    toMs: toMs - originMs,
  }))
  return {
    trackId: TrackId.parse(trackId),
    seatId,
    kind,
    mimeType: MIME_TYPES[kind],
    startMs: Math.round(made.firstMs - originMs),
    durationMs: Math.round(made.durationMs),
    packets: made.stream.packets.length,
    lostPackets: made.stream.lostPackets,
    master,
    holes: holesOf({ stoodFromMs: Math.max(0, describedMs - originMs), stoodToMs, stretches }),
    filledMs: made.filledMs,
    thumbnails,
    waveform,
  }
}

/** When another track of the same seat and kind took a track's place; never, for most. */
function replacedMs({ stream }: TrackMade, { tracks }: JournalIndex): number {
  const { seatId, kind, trackId } = stream.track
  const own = tracks.get(trackId)
  const isNext = (track: DescribedTrack): boolean =>
    track.seatId === seatId && track.kind === kind && track.describedMs > (own?.describedMs ?? 0)
  return Math.min(...[...tracks.values()].filter(isNext).map(({ describedMs }) => describedMs))
}
