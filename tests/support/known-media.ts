import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** A synthetic person: a colour with a moving bar, and a tone. Nobody real is ever filmed for a test. */
export type KnownPerson = {
  readonly key: string
  /** Background in YCbCr (BT.601, 8 bit). */
  readonly yuv: readonly [y: number, cb: number, cr: number]
  /** Which of red, green, blue stands out when the picture is decoded. */
  readonly dominant: 'red' | 'green' | 'blue'
  readonly toneHz: number
  /** Draws another picture than the colour and its bar: a whole 4:2:0 frame of 640 × 360. */
  readonly draw?: (at: FrameAt) => Buffer
}

/** Which frame of the loop is drawn, and how large. */
export type FrameAt = {
  readonly index: number
  readonly frames: number
  readonly width: number
  readonly height: number
}

export const KNOWN_VISITOR: KnownPerson = {
  key: 'visitor',
  yuv: [110, 70, 70],
  dominant: 'green',
  toneHz: 500,
}
export const KNOWN_INMATE: KnownPerson = {
  key: 'inmate',
  yuv: [70, 190, 110],
  dominant: 'blue',
  toneHz: 1_200,
}
export const KNOWN_INTERPRETER: KnownPerson = {
  key: 'interpreter',
  yuv: [90, 100, 190],
  dominant: 'red',
  toneHz: 800,
}

const WIDTH = 640
const HEIGHT = 360
const FRAMES_PER_SECOND = 15
/** Long enough that the bar's way is seen, short enough for a small file (10 MB). */
const FRAMES = 30
const BAR_WIDTH = 64
const BAR_LUMA = 235
const SAMPLE_RATE = 48_000
const TONE_SECONDS = 4
/** Loud enough to be found, quiet enough not to clip. */
const AMPLITUDE = 0.4

export type MediaFiles = { readonly videoFile: string; readonly audioFile: string }

/** Writes (once) the person's picture as Y4M and tone as WAV, in the form Chromium's fake devices take. */
export function mediaFilesOf(person: KnownPerson, folder: string): MediaFiles {
  mkdirSync(folder, { recursive: true })
  const videoFile = join(folder, `${person.key}.y4m`)
  const audioFile = join(folder, `${person.key}.wav`)
  if (!existsSync(videoFile)) writeVideo(person, videoFile)
  if (!existsSync(audioFile)) writeFileSync(audioFile, toneWav(person.toneHz))
  return { videoFile, audioFile }
}

function writeVideo(person: KnownPerson, file: string): void {
  const unfinished = `${file}.${process.pid}`
  const handle = openSync(unfinished, 'w')
  writeSync(handle, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`)
  for (let index = 0; index < FRAMES; index += 1) {
    writeSync(handle, 'FRAME\n')
    const at = { index, frames: FRAMES, width: WIDTH, height: HEIGHT }
    writeSync(handle, person.draw?.(at) ?? frame(person, index))
  }
  closeSync(handle)
  renameSync(unfinished, file)
}

function frame({ yuv: [y, cb, cr] }: KnownPerson, index: number): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT, y)
  const left = Math.floor((index / FRAMES) * (WIDTH - BAR_WIDTH))
  for (let row = 0; row < HEIGHT; row += 1) {
    luma.fill(BAR_LUMA, row * WIDTH + left, row * WIDTH + left + BAR_WIDTH)
  }
  const chromaSize = (WIDTH / 2) * (HEIGHT / 2)
  return Buffer.concat([luma, Buffer.alloc(chromaSize, cb), Buffer.alloc(chromaSize, cr)])
}

function toneWav(toneHz: number): Buffer {
  const samples = SAMPLE_RATE * TONE_SECONDS
  const data = Buffer.alloc(samples * 2)
  for (let index = 0; index < samples; index += 1) {
    const value = Math.sin((2 * Math.PI * toneHz * index) / SAMPLE_RATE) * AMPLITUDE
    data.writeInt16LE(Math.round(value * 32_767), index * 2)
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + data.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(SAMPLE_RATE, 24)
  header.writeUInt32LE(SAMPLE_RATE * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(data.length, 40)
  return Buffer.concat([header, data])
}
