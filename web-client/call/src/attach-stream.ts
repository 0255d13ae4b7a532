import type { AttachOptions } from './types.ts'

const firstFrameListeners = new WeakMap<MediaStream, () => void>()

/** Has `listener` called when the first picture of `stream` is handed to an element by {@link attachStream}. */
export function onFirstFrame(stream: MediaStream, listener: () => void): void {
  firstFrameListeners.set(stream, listener)
}

/**
 * Plays a stream in a video element and gives back the way to stop. Where the browser refuses to play
 * sound without a gesture, `onBlocked` is told and may retry from a click.
 */
export function attachStream(
  element: HTMLVideoElement,
  stream: MediaStream,
  options: AttachOptions = {},
): () => void {
  const play = (): void => {
    element.play().catch((error: unknown) => {
      // AbortError only says that another load or a pause came in between.
      const isBlocked = error instanceof DOMException && error.name === 'NotAllowedError'
      if (isBlocked && element.srcObject === stream) options.onBlocked?.(play)
    })
  }
  const onPlaying = (): void => options.onPlaying?.()
  element.addEventListener('playing', onPlaying)
  element.playsInline = true
  element.srcObject = stream
  const stopWatching = watchFirstFrame(element, stream)
  play()
  return () => {
    stopWatching()
    element.removeEventListener('playing', onPlaying)
    if (element.srcObject === stream) element.srcObject = null
  }
}

function watchFirstFrame(element: HTMLVideoElement, stream: MediaStream): () => void {
  // Older Firefox has no such callback; only the measurement is missing there.
  if (!('requestVideoFrameCallback' in element)) return () => undefined
  const handle = element.requestVideoFrameCallback(() => firstFrameListeners.get(stream)?.())
  return () => element.cancelVideoFrameCallback(handle)
}
