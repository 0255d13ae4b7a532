import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** How copies of two seats look, frame by frame. */

const run = promisify(execFile)
const CELL = { width: 640, height: 360 }
const STRIP = 72
const MAX_OUTPUT_BYTES = 1 << 26

type Colour = readonly [red: number, green: number, blue: number]

/** A frame's pixels as RGB, cut out of the copy. */
async function pixels(path: string, index: number, area: string): Promise<Buffer> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-i', path, '-vf', `select=eq(n\\,${index}),crop=${area}`],
      ...['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    ],
    { encoding: 'buffer', maxBuffer: MAX_OUTPUT_BYTES },
  )
  return stdout
}

/** The middle colour of a seat's cell, beside the place where a word may stand. */
export async function colour(path: string, index: number, cell: number): Promise<Colour> {
  const x = cell * CELL.width + CELL.width / 2 - 40
  const bytes = await pixels(path, index, `80:40:${x}:${CELL.height - 100}`)
  const mean = (channel: number): number => {
    let sum = 0
    for (let at = channel; at < bytes.length; at += 3) sum += bytes[at] ?? 0
    return (sum * 3) / bytes.length
  }
  return [mean(0), mean(1), mean(2)]
}

export const isBlue = ([red, , blue]: Colour) => blue > 150 && red < 60
export const isBlack = (rgb: Colour) => Math.max(...rgb) < 40
export const isWhite = (rgb: Colour) => Math.min(...rgb) > 180

/** How much the strip of a frame differs from the same lines written anew; mean of 255. */
export async function unlikeness(
  path: string,
  index: number,
  lines: readonly string[],
): Promise<number> {
  const size = `${2 * CELL.width}:${STRIP}`
  const writing = lines.map((text, at) => {
    const escaped = text.replace(/[\\:]/g, '\\$&')
    return `drawtext=font=Sans:fontcolor=white:fontsize=16:x=8:y=${4 + at * 22}:text='${escaped}'`
  })
  const { stdout: expected } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', `color=c=black:s=${2 * CELL.width}x${STRIP}:r=1:d=1`],
      ...['-vf', writing.join(','), '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    ],
    { encoding: 'buffer', maxBuffer: MAX_OUTPUT_BYTES },
  )
  const shown = await pixels(path, index, `${size}:0:${CELL.height}`)
  let difference = 0
  for (const [at, byte] of expected.entries()) difference += Math.abs(byte - (shown[at] ?? 0))
  return difference / expected.length
}
