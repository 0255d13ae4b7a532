import { playHidden } from './brightness.ts'
import type { Picture } from './face-look.ts'

/** As much as the detectors' model takes in. */
const WIDTH = 160

/** Takes small copies of a camera's picture. */
export type PictureCopier = {
  /** The picture now; null while there is none. */
  readonly copy: (track: MediaStreamTrack | null) => Picture | null
  readonly close: () => void
}

/** Makes one with a hidden element of its own, which plays only while there is a track to look at. */
export function createPictureCopier(): PictureCopier {
  let shown: { readonly track: MediaStreamTrack; readonly video: HTMLVideoElement } | null = null
  let context: CanvasRenderingContext2D | null = null
  const close = (): void => {
    if (shown) shown.video.srcObject = null
    shown = null
  }
  return {
    copy(track) {
      if (shown?.track !== track) close()
      if (!track) return null
      shown ??= { track, video: playHidden(track) }
      context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      return context && drawn(shown.video, context)
    },
    close,
  }
}

function drawn(video: HTMLVideoElement, context: CanvasRenderingContext2D): Picture | null {
  const { videoWidth, videoHeight, readyState } = video
  if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || videoWidth === 0) return null
  const height = Math.max(1, Math.round((WIDTH * videoHeight) / videoWidth))
  // Set only when it is another one, since that wipes the canvas: phones are turned.
  if (context.canvas.width !== WIDTH) context.canvas.width = WIDTH
  if (context.canvas.height !== height) context.canvas.height = height
  context.drawImage(video, 0, 0, WIDTH, height)
  const { data } = context.getImageData(0, 0, WIDTH, height)
  return { width: WIDTH, height, pixels: data.buffer }
}
