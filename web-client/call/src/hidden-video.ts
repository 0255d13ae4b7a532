/** A camera's picture, played where nobody sees it: the page may show it nowhere. */
export type HiddenVideo = {
  /** The element that plays the track, which may have no picture yet; null without a track. */
  readonly of: (track: MediaStreamTrack | null) => HTMLVideoElement | null
  readonly close: () => void
}

/** Plays one track at a time, and none while there is none. */
export function createHiddenVideo(): HiddenVideo {
  let shown: { readonly track: MediaStreamTrack; readonly video: HTMLVideoElement } | null = null
  const close = (): void => {
    if (shown) shown.video.srcObject = null
    shown = null
  }
  return {
    of(track) {
      if (shown?.track !== track) close()
      if (track) shown ??= { track, video: playHidden(track) }
      return shown?.video ?? null
    },
    close,
  }
}

function playHidden(track: MediaStreamTrack): HTMLVideoElement {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  // Refused only where nothing may play at all; then there is nothing to look at either.
  video.play().catch(() => undefined)
  return video
}
