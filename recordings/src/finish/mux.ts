import { open } from 'node:fs/promises'
import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  StreamTarget,
  WebMOutputFormat,
} from 'mediabunny'
import type { StreamTargetChunk } from 'mediabunny'
import type { MediaKind } from '@visavis/contract/rtc'
import type { SealingKey } from '@visavis/platform/sealed/cobblestone'
import { createSealingTarget } from '@visavis/platform/sealed/sealing-target'
import { OPUS_CLOCK_RATE, opusHead } from '../rtp/opus.ts'
import type { Frame } from './frames.ts'
import type { TrackClock } from './recording-clock.ts'

/** A last picture has no next one to end it; a usual frame length stands in. */
const USUAL_FRAME_MS = 33
const DEFAULT_CHANNELS = 2

/** A frame and its place on the recording's clock. */
export type TimedFrame = Frame & { readonly startMs: number; readonly playsMs: number }

/** A track's file while it is made: WebM, which browsers play, with the frames exactly as the encoder made them. */
export type TrackFile = {
  readonly add: (frame: TimedFrame) => Promise<void>
  /** Makes the file whole. */
  readonly close: () => Promise<void>
}

/**
 * Begins a sealed WebM file, whose time begins with its first frame. Throws when the disk refuses; nothing is
 * ever written in clear.
 */
export async function openTrackFile(options: {
  path: string
  sealing: SealingKey
  kind: MediaKind
  channels: number | undefined
  first: TimedFrame
}): Promise<TrackFile> {
  const { path, sealing, kind, channels, first } = options
  const file = await open(path, 'w')
  const sealed = await createSealingTarget({ ...sealing, file })
  const target = new StreamTarget(
    new WritableStream<StreamTargetChunk>({
      write: ({ position, data }) => sealed.write(position, data),
    }),
  )
  const output = new Output({ format: new WebMOutputFormat(), target })
  const track = kind === 'video' ? addVideo(output, first) : addAudio(output, channels)
  await output.start()
  return {
    add: (frame) => track.add(frame, first.startMs),
    async close() {
      try {
        await output.finalize()
        await sealed.close()
      } finally {
        await file.close()
      }
    },
  }
}

type TrackWriter = { readonly add: (frame: TimedFrame, originMs: number) => Promise<void> }

/** Places frames in time; each is held back until the next one shows how long it stood. */
export function* timeFrames(frames: Iterable<Frame>, clock: TrackClock): Generator<TimedFrame> {
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
