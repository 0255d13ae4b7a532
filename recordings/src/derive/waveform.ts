import type { Readable } from 'node:stream'
import { EncodedPacket } from 'mediabunny'
import { opusDurationMs } from '../rtp/opus.ts'
import { pipeOf, startFfmpeg } from './ffmpeg.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { feedWebm } from './webm-feed.ts'

/** An Opus packet and when it plays, in milliseconds of any one clock. */
export type TimedSound = { readonly bytes: Uint8Array; readonly startMs: number }

/** How loud a sound is, as the result keeps it. */
export type Waveform = {
  /** Milliseconds that each level stands for, from the first packet on. */
  readonly everyMs: number
  /** A byte for each: the highest sample, 0 silent, 255 full scale; base64. */
  readonly levels: string
}

const EVERY_MS = 100
/** Speech is all there, and there is little to read. */
const SAMPLE_RATE = 8_000
const SAMPLES_PER_LEVEL = (SAMPLE_RATE * EVERY_MS) / 1_000
const SAMPLE_BYTES = 2
const FULL_SCALE = 32_768
/** Holes become silence: a level stands where its sound does. */
const FILLED = `aresample=${SAMPLE_RATE}:async=1:min_hard_comp=0.05:first_pts=0`

/**
 * The waveform of an Opus track, its packets in order of time; holes are silence. Null without packets or
 * ffmpeg, or when it could not decode them: it never throws. Everything goes through pipes.
 */
export async function makeWaveform(
  packets: Iterable<TimedSound>,
  { ffmpeg, channels }: { ffmpeg: Ffmpeg | null; channels: number },
): Promise<Waveform | null> {
  if (!ffmpeg) return null
  const args = [
    '-f',
    'matroska',
    '-i',
    'pipe:3',
    '-af',
    FILLED,
    '-ac',
    '1',
    '-f',
    's16le',
    'pipe:1',
  ]
  const { child, ended } = startFfmpeg(ffmpeg, args, { inputs: 1 })
  try {
    const to = pipeOf(child, 3)
    const [levels] = await Promise.all([
      readLevels(child.stdout),
      feedWebm(encoded(packets), { kind: 'audio', channels, to }),
      ended,
    ])
    return levels.length === 0 ? null : { everyMs: EVERY_MS, levels: levels.toString('base64') }
  } catch {
    // A recording is whole without its waveform.
    child.kill('SIGKILL')
    return null
  }
}

function* encoded(packets: Iterable<TimedSound>): Generator<EncodedPacket> {
  let firstMs: number | null = null
  for (const { bytes, startMs } of packets) {
    firstMs ??= startMs
    const atS = Math.max(0, startMs - firstMs) / 1_000
    yield new EncodedPacket(bytes, 'key', atS, opusDurationMs(bytes) / 1_000)
  }
}

/** The peaks of little-endian 16-bit samples; a stretch at the end that is not full counts, too. */
async function readLevels(samples: Readable | null): Promise<Buffer> {
  const levels: number[] = []
  let rest: Buffer = Buffer.alloc(0)
  const stretch = SAMPLES_PER_LEVEL * SAMPLE_BYTES
  for await (const chunk of samples ?? []) {
    const bytes = Buffer.concat([rest, chunk as Buffer])
    let at = 0
    for (; at + stretch <= bytes.length; at += stretch) {
      levels.push(levelOf(bytes.subarray(at, at + stretch)))
    }
    rest = bytes.subarray(at)
  }
  if (rest.length >= SAMPLE_BYTES) levels.push(levelOf(rest))
  return Buffer.from(levels)
}

function levelOf(samples: Buffer): number {
  let peak = 0
  for (let at = 0; at + SAMPLE_BYTES <= samples.length; at += SAMPLE_BYTES) {
    peak = Math.max(peak, Math.abs(samples.readInt16LE(at)))
  }
  return Math.min(255, Math.round((peak / FULL_SCALE) * 255))
}
