import type { SealingKey } from '@visavis/platform/sealed/cobblestone'
import { createThumbnailTaker } from '../derive/thumbnails.ts'
import type { Thumbnails } from '../derive/thumbnails.ts'
import type { TimedSound } from '../derive/waveform.ts'
import type { ByteSource } from '../journal/byte-source.ts'
import { opusFrames, vp8Frames } from './frames.ts'
import type { Frame } from './frames.ts'
import { createStretches } from './hole-rules.ts'
import type { Stretch } from './hole-rules.ts'
import { openTrackFile, timeFrames } from './mux.ts'
import type { TimedFrame, TrackFile } from './mux.ts'
import { createTrackClock } from './recording-clock.ts'
import { fillWithSilence } from './silence.ts'
import type { TrackStream } from './track-stream.ts'

/** What became of a track, on the recording's clock. */
export type TrackMade = {
  readonly stream: TrackStream
  /** Its sealed file, under a name that is not its last. */
  readonly path: string
  readonly firstMs: number
  readonly durationMs: number
  readonly filledMs: number
  /** Where it had frames. */
  readonly stretches: readonly Stretch[]
  /** Pictures only; times in the recording's. */
  readonly thumbnails: Thumbnails | null
  /** Sound only: what came, without what was filled. */
  readonly sounds: readonly TimedSound[]
}

/** A track that is being made, a frame at a time, so that all of a recording are made in one reading. */
export type TrackMaking = {
  readonly firstMs: number
  /** When its next frame is; null at the end. */
  readonly nextMs: () => number | null
  /** Puts the next frame into the file. `originMs` is where the recording's time begins. */
  readonly step: (originMs: number) => Promise<void>
  readonly close: () => Promise<TrackMade>
}

/** Which pictures and sounds can be put into a file as they are. */
const READERS: Readonly<
  Record<string, (packets: TrackStream['packets'], source: ByteSource) => Iterable<Frame>>
> = { 'video/vp8': vp8Frames, 'audio/opus': opusFrames }

/** Prepares a track; null for one that has no frame, or is of a kind that no file takes as it is. */
export function prepareTrack(
  stream: TrackStream,
  options: { source: ByteSource; ntpOffset: number | null; path: string; sealing: SealingKey },
): TrackMaking | null {
  const { track, packets } = stream
  const read = READERS[track.mimeType.toLowerCase()]
  if (!read) return null
  const frames = read(packets, options.source)
  const sound = track.kind === 'audio' ? fillWithSilence(frames) : null
  const timed = timeFrames(sound?.frames ?? frames, createTrackClock(stream, options.ntpOffset))
  const first = timed.next()
  if (first.done) return null
  const { value } = first
  return makingOf(stream, { ...options, timed, first: value, filledMs: sound?.filledMs ?? none })
}

const none = (): number => 0

function makingOf(
  stream: TrackStream,
  options: {
    timed: Iterator<TimedFrame>
    first: TimedFrame
    filledMs: () => number
    path: string
    sealing: SealingKey
  },
): TrackMaking {
  const { timed, first, filledMs, path } = options
  const { kind, channels } = stream.track
  const notes = createNotes(kind)
  let file: TrackFile | null = null
  let next: TimedFrame | null = first
  let endMs = first.startMs
  return {
    firstMs: first.startMs,
    nextMs: () => next?.startMs ?? null,
    async step(originMs) {
      if (!next) return
      file ??= await openTrackFile({ ...options, kind, channels })
      await file.add(next)
      notes.add(next, originMs)
      endMs = next.startMs + next.playsMs
      const following = timed.next()
      next = following.done === true ? null : following.value
    },
    async close() {
      await file?.close()
      const lasts = { firstMs: first.startMs, durationMs: endMs - first.startMs }
      return { stream, path, ...lasts, filledMs: filledMs(), ...notes.result() }
    },
  }
}

/** Notes as frames pass what is told of them later. */
function createNotes(kind: 'audio' | 'video') {
  const stretches = createStretches()
  const taker = createThumbnailTaker()
  const sounds: TimedSound[] = []
  return {
    add({ startMs, playsMs, isKey, bytes, isFiller }: TimedFrame, originMs: number) {
      if (isFiller) return
      // A still picture plays on through a hole; what it shows is one instant.
      stretches.add(startMs, kind === 'audio' ? startMs + playsMs : startMs)
      if (kind === 'video') taker.take({ isKey, bytes, startMs: startMs - originMs })
      else sounds.push({ bytes: Uint8Array.from(bytes), startMs })
    },
    result: () => ({
      stretches: stretches.stretches(),
      thumbnails: kind === 'video' ? taker.result() : null,
      sounds,
    }),
  }
}
