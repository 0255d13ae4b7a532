import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  FilePathTarget,
  Output,
  WebMOutputFormat,
} from 'mediabunny'
import type { MediaKind } from '@visavis/contract/rtc'
import { OPUS_CLOCK_RATE, opusHead } from '../rtp/opus.ts'
import type { Frame } from './frames.ts'
import type { TrackClock } from './recording-clock.ts'

/** How a track is written: WebM, which browsers play, with the frames exactly as the encoder made them. */
export type Muxed = {
  /** Where its first frame lies on the recording's clock. */
  readonly firstMs: number
  readonly durationMs: number
}

/** A last picture has no next one to end it; a usual frame length stands in. */
const USUAL_FRAME_MS = 33
/** Bounds the memory of one job; the library's own default is four times that. */
const WRITE_CHUNK_BYTES = 4 * 1024 * 1024
const DEFAULT_CHANNELS = 2

/**
 * Writes the frames to a new WebM file whose time begins with the first frame; null (and no file) when
 * there is none. Throws when the disk refuses.
 */
export async function muxTrack(
  frames: Iterable<Frame>,
  to: { path: string; kind: MediaKind; channels: number | undefined; clock: TrackClock },
): Promise<Muxed | null> {
  const timed = timeFrames(frames, to.clock)
  const first = timed.next()
  if (first.done) return null
  const target = new FilePathTarget(to.path, { chunkSize: WRITE_CHUNK_BYTES })
  const output = new Output({ format: new WebMOutputFormat(), target })
  const track = to.kind === 'video' ? addVideo(output, first.value) : addAudio(output, to.channels)
  await output.start()
  const firstMs = first.value.startMs
  let last = first.value
  await track.add(last, firstMs)
  for (const frame of timed) {
    await track.add(frame, firstMs)
    last = frame
  }
  await output.finalize()
  return { firstMs, durationMs: last.startMs + last.playsMs - firstMs }
}

type TimedFrame = Frame & { readonly startMs: number; readonly playsMs: number }
type TrackWriter = { readonly add: (frame: TimedFrame, originMs: number) => Promise<void> }

/** Places frames in time; each is held back until the next one shows how long it stood. */
function* timeFrames(frames: Iterable<Frame>, clock: TrackClock): Generator<TimedFrame> {
  let held: { frame: Frame; startMs: number } | null = null
  for (const frame of frames) {
    // A corrected clock may step back by a hair; a container's time may not.
    const startMs: number = Math.max(clock(frame.timestamp), held?.startMs ?? -Infinity)
    if (held) yield timedFrame(held, startMs - held.startMs)
    held = { frame, startMs }
  }
  if (held) yield timedFrame(held, USUAL_FRAME_MS)
}

function timedFrame(held: { frame: Frame; startMs: number }, untilNextMs: number): TimedFrame {
  const { frame, startMs } = held
  return { ...frame, startMs, playsMs: frame.durationMs ?? untilNextMs }
}

function packetOf(frame: TimedFrame, originMs: number): EncodedPacket {
  const type = frame.isKey ? 'key' : 'delta'
  const startS = (frame.startMs - originMs) / 1000
  return new EncodedPacket(frame.bytes, type, startS, frame.playsMs / 1000)
}

function addVideo(output: Output, first: Frame): TrackWriter {
  const source = new EncodedVideoPacketSource('vp8')
  output.addVideoTrack(source)
  const { width, height } = first.size ?? { width: 0, height: 0 }
  const meta = { decoderConfig: { codec: 'vp8', codedWidth: width, codedHeight: height } }
  return { add: (frame, originMs) => source.add(packetOf(frame, originMs), meta) }
}

function addAudio(output: Output, channels: number | undefined): TrackWriter {
  const source = new EncodedAudioPacketSource('opus')
  output.addAudioTrack(source)
  const numberOfChannels = channels ?? DEFAULT_CHANNELS
  const description = opusHead(numberOfChannels)
  const meta = {
    decoderConfig: { codec: 'opus', sampleRate: OPUS_CLOCK_RATE, numberOfChannels, description },
  }
  return { add: (frame, originMs) => source.add(packetOf(frame, originMs), meta) }
}
