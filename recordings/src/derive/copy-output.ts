import { Readable } from 'node:stream'
import {
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MATROSKA,
  Mp4OutputFormat,
  Output,
  ReadableStreamSource,
  StreamTarget,
  WebMOutputFormat,
} from 'mediabunny'
import type { EncodedPacket, InputAudioTrack, InputVideoTrack, StreamTargetChunk } from 'mediabunny'
import { Fault } from '@visavis/contract/errors'
import type { SealingTarget } from '@visavis/platform/sealed/sealing-target'

/** How a copy is written: one that opens everywhere, or what ffmpeg can do without H.264. */
export type CopyFormat = {
  readonly extension: 'mp4' | 'webm'
  /** What ffmpeg is to encode with. */
  readonly encoders: readonly string[]
}

const KEY_FRAME_EVERY = '50'
const THREADS = '2'
const COMMON = ['-pix_fmt', 'yuv420p', '-g', KEY_FRAME_EVERY, '-threads', THREADS] as const

export const H264_COPY: CopyFormat = {
  extension: 'mp4',
  encoders: [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '25', '-bf', '0', ...COMMON],
    ...['-c:a', 'aac', '-b:a', '96k'],
  ],
}
export const VP8_COPY: CopyFormat = {
  extension: 'webm',
  encoders: [
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '6', '-b:v', '1500k', ...COMMON],
    ...['-c:a', 'libopus', '-b:a', '64k'],
  ],
}

/**
 * Takes the Matroska that ffmpeg streams and writes it as a file in which players can seek, with its index,
 * straight into the sealing: a pipe could only be appended to. Tells how far it is, in milliseconds. Throws a
 * Fault when what comes is not a copy.
 */
export async function writeCopy(
  from: Readable,
  to: { format: CopyFormat; target: SealingTarget; onTime: (ms: number) => void },
): Promise<void> {
  const stream = Readable.toWeb(from) as ReadableStream<Uint8Array>
  const source = new ReadableStreamSource(stream, { handleUnhandledError: () => undefined })
  const input = new Input({ formats: [MATROSKA], source })
  try {
    const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
    if (!video || !audio) throw new Fault('ffmpeg gave no copy')
    const output = outputTo(to.target, to.format)
    const [addVideo, addAudio] = [
      await videoWriter(output, video),
      await audioWriter(output, audio),
    ]
    await output.start()
    // A sound encoder needs a beginning of its own, for which everything was moved; the pictures begin at 0.
    const begin = await video.getFirstTimestamp()
    for await (const [packet, isVideo] of inTime(packetsOf(video), packetsOf(audio))) {
      const timestamp = packet.timestamp - begin
      if (timestamp < 0) continue
      await (isVideo ? addVideo : addAudio)(packet.clone({ timestamp }))
      if (isVideo) to.onTime(timestamp * 1_000)
    }
    await output.finalize()
  } finally {
    input.dispose()
  }
}

function outputTo(target: SealingTarget, { extension }: CopyFormat): Output {
  const writable = new WritableStream<StreamTargetChunk>({
    write: ({ position, data }) => target.write(position, data),
  })
  const format =
    extension === 'mp4' ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat()
  return new Output({ format, target: new StreamTarget(writable) })
}

type Write = (packet: EncodedPacket) => Promise<void>

async function videoWriter(output: Output, track: InputVideoTrack): Promise<Write> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()]
  if (!codec || !decoderConfig) throw new Fault('ffmpeg gave a picture of an unknown kind')
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(source)
  return (packet) => source.add(packet, { decoderConfig })
}

async function audioWriter(output: Output, track: InputAudioTrack): Promise<Write> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()]
  if (!codec || !decoderConfig) throw new Fault('ffmpeg gave a sound of an unknown kind')
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  return (packet) => source.add(packet, { decoderConfig })
}

function packetsOf(track: InputVideoTrack | InputAudioTrack): AsyncIterator<EncodedPacket> {
  return new EncodedPacketSink(track).packets()
}

/** Both tracks' packets by time, as they lie in the stream: it cannot be gone back in. */
async function* inTime(
  video: AsyncIterator<EncodedPacket>,
  audio: AsyncIterator<EncodedPacket>,
): AsyncGenerator<[packet: EncodedPacket, isVideo: boolean]> {
  let [picture, sound] = [await video.next(), await audio.next()]
  while (!picture.done || !sound.done) {
    const isVideo =
      !picture.done && (sound.done || picture.value.timestamp <= sound.value.timestamp)
    if (isVideo) {
      yield [picture.value, true]
      picture = await video.next()
    } else if (!sound.done) {
      yield [sound.value, false]
      sound = await audio.next()
    }
  }
}
