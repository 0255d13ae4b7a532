/**
 * Runs in a worker of its own: looks for faces with a model that ships with us. Nothing is asked of any other
 * machine than our own server, and of that only this file and the model's weights.
 */
import * as faceapi from '@vladmandic/face-api'
import manifest from '@vladmandic/face-api/model/tiny_face_detector_model-weights_manifest.json'
import weightsUrl from '@vladmandic/face-api/model/tiny_face_detector_model.bin?url'
import { Fault, panic } from '@visavis/contract/errors'
import { FACE_FROM } from './advice-rules.ts'
import type { SeenFace } from './advice-rules.ts'
import { brightened } from './brightened.ts'
import type { LookAnswered, LookAsked } from './face-look.ts'

/** The model's own picture, a square; a multiple of 32. */
const INPUT_SIZE = 160
/** Below this the model sees faces everywhere. */
const LEAST_SCORE = 0.1
const CHANNELS = 3

/** The library asks what kinds of pictures there are; in a worker there are none but our tensors. */
const NoPicture = class {
  readonly kind = 'none'
}
const never = (): never => panic('a worker has no document')
faceapi.env.setEnv({
  Canvas: NoPicture,
  CanvasRenderingContext2D: NoPicture,
  Image: NoPicture,
  ImageData: NoPicture,
  Video: NoPicture,
  createCanvasElement: never,
  createImageElement: never,
  createVideoElement: never,
  fetch: never,
  readFile: never,
} as never)

/** The library brings its engine along, and describes only a part of it. */
type Engine = typeof faceapi.tf & {
  readonly setBackend: (name: string) => Promise<boolean>
  readonly ready: () => Promise<void>
}
const engine = faceapi.tf as Engine

type Net = faceapi.TinyFaceDetector

let loading: Promise<Net> | null = null

/** The processor alone: graphics belong to the pictures of the call. */
async function load(): Promise<Net> {
  await engine.setBackend('cpu')
  await engine.ready()
  const answer = await fetch(weightsUrl)
  if (!answer.ok) throw new Fault('the model cannot be had')
  const specs = manifest.flatMap(({ weights }) => weights)
  const weights = engine.io.decodeWeights(await answer.arrayBuffer(), specs as never)
  const net = new faceapi.TinyFaceDetector()
  net.loadFromWeightMap(weights)
  // The engine is compiled by its first look, which says nothing of what one costs.
  const nothing = new Int32Array(INPUT_SIZE * INPUT_SIZE * CHANNELS)
  await look(net, nothing, { width: INPUT_SIZE, height: INPUT_SIZE })
  return net
}

type Size = Pick<LookAsked, 'width' | 'height'>

/** Before it is said that nobody is there, the picture is looked at once more in a better light. */
async function facesIn(net: Net, { pixels, ...size }: LookAsked): Promise<readonly SeenFace[]> {
  const colours = withoutAlpha(pixels)
  const first = await look(net, colours, size)
  if (surest(first) >= FACE_FROM) return first
  const second = await look(net, brightened(colours), size)
  return surest(first) > surest(second) ? first : second
}

const surest = (faces: readonly SeenFace[]): number =>
  Math.max(0, ...faces.map(({ score }) => score))

async function look(net: Net, colours: Int32Array, { width, height }: Size): Promise<SeenFace[]> {
  const picture = engine.tensor3d(colours, [height, width, CHANNELS], 'int32')
  try {
    const options = { inputSize: INPUT_SIZE, scoreThreshold: LEAST_SCORE }
    const found = await net.locateFaces(picture, options)
    return found.map(({ score, relativeBox: { left, top, width: w, height: h } }) => ({
      ...{ score, left, top },
      ...{ width: w, height: h },
    }))
  } finally {
    picture.dispose()
  }
}

function withoutAlpha(pixels: ArrayBuffer): Int32Array {
  const rgba = new Uint8ClampedArray(pixels)
  const rgb = new Int32Array((rgba.length / 4) * CHANNELS)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += CHANNELS) {
    rgb[to] = rgba[from] ?? 0
    rgb[to + 1] = rgba[from + 1] ?? 0
    rgb[to + 2] = rgba[from + 2] ?? 0
  }
  return rgb
}

async function answerTo(asked: LookAsked): Promise<LookAnswered> {
  const { lookId } = asked
  // Loading is no look: the next one is not put off for it.
  try {
    const net = await (loading ??= load())
    const beganMs = performance.now()
    const faces = await facesIn(net, asked)
    return { lookId, faces, costMs: performance.now() - beganMs }
  } catch (error) {
    return { lookId, error: String(error) }
  }
}

addEventListener('message', ({ data }: MessageEvent<LookAsked>) => {
  void answerTo(data).then((answer) => postMessage(answer))
})
