import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a made-up person's picture looks like. */
export type ClipShape = {
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  readonly kbit: number
  /** As ffmpeg names colours. */
  readonly colour: string
}

const IVF_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 12
const CLIP_SECONDS = 3
/** As of a cheap camera in a dim room: a plain picture would take a tenth of its rate. */
const GRAIN = 'noise=alls=14:allf=t'

/** A loop of VP8 frames of a moving shape, of which the first, and only it, is a key frame. */
export async function makeVp8Clip(shape: ClipShape): Promise<readonly Buffer[]> {
  const { width, height, framesPerSecond, kbit, colour } = shape
  const size = `${width}x${height}`
  const head = `drawbox=x='iw*(0.3+0.2*mod(t\\,${CLIP_SECONDS})/${CLIP_SECONDS})':y=ih*0.2:w=iw/4:h=ih*0.7`
  const { stdout } = await run(
    process.env['FFMPEG_PATH'] || 'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i'],
      `color=c=${colour}:s=${size}:r=${framesPerSecond},${head}:c=0xe0c0a8:t=fill,${GRAIN}`,
      ...['-t', `${CLIP_SECONDS}`, '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'],
      ...['-auto-alt-ref', '0', '-b:v', `${kbit}k`, '-g', '9999', '-f', 'ivf', '-'],
    ],
    { encoding: 'buffer', maxBuffer: 1 << 26 },
  )
  return framesOf(stdout)
}

function framesOf(ivf: Buffer): Buffer[] {
  const frames: Buffer[] = []
  for (let at = IVF_HEADER_BYTES; at + FRAME_HEADER_BYTES <= ivf.length;) {
    const from = at + FRAME_HEADER_BYTES
    const to = from + ivf.readUInt32LE(at)
    frames.push(ivf.subarray(from, to))
    at = to
  }
  return frames
}
