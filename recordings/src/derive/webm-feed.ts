import type { Writable } from 'node:stream'
import { Writable as NodeWritable } from 'node:stream'
import {
  AppendOnlyStreamTarget,
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  Output,
  WebMOutputFormat,
} from 'mediabunny'
import type { EncodedPacket } from 'mediabunny'
import type { MediaKind } from '@visavis/contract/rtc'
import { vp8KeyFrameSize } from '@visavis/platform/rtp/vp8'
import { OPUS_CLOCK_RATE, opusHead } from '../rtp/opus.ts'

/** VP8 pictures or Opus sound, in order of time. */
export type Packets = AsyncIterable<EncodedPacket> | Iterable<EncodedPacket>

/**
 * Writes one track as a WebM that is only appended to, as a pipe takes it, and ends the pipe. Throws when the
 * packets do, or when nobody reads any more.
 */
export async function feedWebm(
  packets: Packets,
  { kind, channels, to }: { kind: MediaKind; channels: number; to: Writable },
): Promise<void> {
  const target = new AppendOnlyStreamTarget(NodeWritable.toWeb(to))
  const output = new Output({ format: new WebMOutputFormat({ appendOnly: true }), target })
  const write = kind === 'video' ? addVideo(output) : addAudio(output, channels)
  await output.start()
  for await (const packet of packets) await write(packet)
  await output.finalize()
}

type Write = (packet: EncodedPacket) => Promise<void>

function addVideo(output: Output): Write {
  const source = new EncodedVideoPacketSource('vp8')
  output.addVideoTrack(source)
  return (packet) => {
    // Taken with the first one, which is a key picture; the decoder goes by the pictures.
    const { width, height } = vp8KeyFrameSize(packet.data) ?? { width: 2, height: 2 }
    return source.add(packet, {
      decoderConfig: { codec: 'vp8', codedWidth: width, codedHeight: height },
    })
  }
}

function addAudio(output: Output, numberOfChannels: number): Write {
  const source = new EncodedAudioPacketSource('opus')
  output.addAudioTrack(source)
  const description = opusHead(numberOfChannels)
  const decoderConfig = {
    codec: 'opus',
    sampleRate: OPUS_CLOCK_RATE,
    numberOfChannels,
    description,
  }
  return (packet) => source.add(packet, { decoderConfig })
}
