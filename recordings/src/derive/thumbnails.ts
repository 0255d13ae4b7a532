import { keyFrameOf } from '@visavis/platform/rtp/key-frame'
import { webpOf } from '@visavis/platform/rtp/webp'

/** A coded picture and when it is shown, in the recording's time. */
export type TimedPicture = {
  readonly isKey: boolean
  readonly bytes: Uint8Array
  readonly startMs: number
}

/** Small pictures of a track, one after the other in one file. */
export type Thumbnails = {
  /** About so far apart; never nearer. Milliseconds. */
  readonly everyMs: number
  /** WebP files, end to end. */
  readonly file: Buffer
  readonly pictures: readonly {
    readonly atMs: number
    readonly at: number
    readonly bytes: number
  }[]
}

/** Takes pictures as they pass. */
export type ThumbnailTaker = {
  readonly take: (frame: TimedPicture) => void
  /** Null when no picture could be shown by itself. */
  readonly result: () => Thumbnails | null
}

/** Near enough to find a moment by eye; senders are asked for a key frame every four seconds. */
const EVERY_MS = 10_000

/** Keeps the first key frame and then the first one of each further ten seconds, as WebP; decodes nothing. */
export function createThumbnailTaker(): ThumbnailTaker {
  const files: Uint8Array[] = []
  const pictures: Thumbnails['pictures'][number][] = []
  let length = 0
  let nextMs = -Infinity
  return {
    take({ isKey, bytes, startMs }) {
      if (!isKey || startMs < nextMs) return
      const frame = keyFrameOf(bytes)
      if (!frame) return
      const file = webpOf(frame)
      pictures.push({ atMs: Math.max(0, Math.round(startMs)), at: length, bytes: file.length })
      files.push(file)
      length += file.length
      nextMs = startMs + EVERY_MS
    },
    result: () =>
      pictures.length === 0 ? null : { everyMs: EVERY_MS, file: Buffer.concat(files), pictures },
  }
}

/** The thumbnails of a VP8 track's frames, in order of time; null when there is no key frame. */
export function makeThumbnails(frames: Iterable<TimedPicture>): Thumbnails | null {
  const taker = createThumbnailTaker()
  for (const frame of frames) taker.take(frame)
  return taker.result()
}
