import { createStore } from './store.ts'
import type { AttachOptions, Playback } from './types.ts'

const firstFrameListeners = new WeakMap<MediaStream, () => void>()

/** Has `listener` called when the first picture of `stream` is handed to an element by {@link attachStream}. */
export function onFirstFrame(stream: MediaStream, listener: () => void): void {
  firstFrameListeners.set(stream, listener)
}

const blocked = new Map<HTMLVideoElement, () => void>()
const blockedStore = createStore({ isBlocked: false })

/** Whether the browser wants a gesture before it plays any of the page's streams; one gesture is enough for all. */
export const playback: Playback = {
  getState: blockedStore.getState,
  subscribe: blockedStore.subscribe,
  retry: () => [...blocked.values()].forEach((play) => play()),
}

function markBlocked(element: HTMLVideoElement, play: (() => void) | null): void {
  if (play) blocked.set(element, play)
  else blocked.delete(element)
  const isBlocked = blocked.size > 0
  if (isBlocked !== blockedStore.getState().isBlocked) blockedStore.setState({ isBlocked })
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
      if (!isBlocked || element.srcObject !== stream) return
      markBlocked(element, play)
      options.onBlocked?.(play)
    })
  }
  const onPlaying = (): void => {
    markBlocked(element, null)
    options.onPlaying?.()
  }
  element.addEventListener('playing', onPlaying)
  element.playsInline = true
  element.srcObject = stream
  const stopWatching = watchFirstFrame(element, stream)
  play()
  return () => {
    stopWatching()
    markBlocked(element, null)
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
