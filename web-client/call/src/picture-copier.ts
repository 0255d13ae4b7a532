import type { Picture } from './face-look.ts'
import { createHiddenVideo } from './hidden-video.ts'

/** As much as the detectors' model takes in. */
const WIDTH = 160

/** Takes small copies of a camera's picture. */
export type PictureCopier = {
  /** The picture now; null while there is none. */
  readonly copy: (track: MediaStreamTrack | null) => Picture | null
  readonly close: () => void
}

/** Makes one that needs no page to show the picture. */
export function createPictureCopier(): PictureCopier {
  const hidden = createHiddenVideo()
  let context: CanvasRenderingContext2D | null = null
  return {
    copy(track) {
      const video = hidden.of(track)
      if (!video) return null
      context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      return context && drawn(video, context)
    },
    close: hidden.close,
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
