import { createHiddenVideo } from './hidden-video.ts'

/** Small enough to cost nothing, large enough that one lamp does not fill it. */
const WIDTH = 16
const HEIGHT = 12

/** Looks at how bright a camera's picture is. */
export type BrightnessProbe = {
  /** Mean brightness of the picture now, 0 to 255; null while there is none to look at. */
  readonly look: (track: MediaStreamTrack | null) => number | null
  readonly close: () => void
}

/** Makes a probe that needs no page to show the picture. */
export function createBrightnessProbe(): BrightnessProbe {
  const hidden = createHiddenVideo()
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return {
    look(track) {
      const video = hidden.of(track)
      if (!video || !context || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
      context.drawImage(video, 0, 0, WIDTH, HEIGHT)
      return brightnessOf(context.getImageData(0, 0, WIDTH, HEIGHT).data)
    },
    close: hidden.close,
  }
}

/** Mean brightness of RGBA pixels, 0 to 255, weighed as the eye does (BT.601). */
export function brightnessOf(pixels: Uint8ClampedArray): number {
  let sum = 0
  for (let at = 0; at + 2 < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3)
    sum += 0.299 * red + 0.587 * green + 0.114 * blue
  }
  return pixels.length === 0 ? 0 : sum / (pixels.length / 4)
}
