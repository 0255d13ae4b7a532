/** Small enough to cost nothing, large enough that one lamp does not fill it. */
const WIDTH = 16
const HEIGHT = 12

/** Looks at how bright a camera's picture is. */
export type BrightnessProbe = {
  /** Mean brightness of the picture now, 0 to 255; null while there is none to look at. */
  readonly look: (track: MediaStreamTrack | null) => number | null
  readonly close: () => void
}

/** Makes a probe with a hidden element of its own, since the page may show the picture nowhere. */
export function createBrightnessProbe(): BrightnessProbe {
  let shown: { readonly track: MediaStreamTrack; readonly video: HTMLVideoElement } | null = null
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const close = (): void => {
    if (shown) shown.video.srcObject = null
    shown = null
  }
  return {
    look(track) {
      if (shown?.track !== track) close()
      if (!track || !context) return null
      shown ??= { track, video: playHidden(track) }
      const { video } = shown
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
      context.drawImage(video, 0, 0, WIDTH, HEIGHT)
      return brightnessOf(context.getImageData(0, 0, WIDTH, HEIGHT).data)
    },
    close,
  }
}

/** Plays a track where nobody sees it. */
export function playHidden(track: MediaStreamTrack): HTMLVideoElement {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  // Refused only where nothing may play at all; then there is nothing to look at either.
  video.play().catch(() => undefined)
  return video
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
