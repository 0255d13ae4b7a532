import { useEffect, useRef } from 'react'
import type { SyncedPlayback } from './synced-playback.ts'

type TrackMediaProps = {
  readonly playback: SyncedPlayback
  readonly trackId: string
  readonly kind: 'audio' | 'video'
  readonly url: string
  readonly label: string
  readonly onFailed: () => void
}

/** The element of one track; the playback, not the element's own controls, moves it. */
export function TrackMedia({ playback, trackId, kind, url, label, onFailed }: TrackMediaProps) {
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null)
  useEffect(() => {
    if (!element.current) return undefined
    return playback.attach(trackId, element.current)
  }, [playback, trackId])
  const Element = kind
  return (
    <Element
      ref={element}
      src={url}
      preload="auto"
      playsInline
      aria-label={label}
      onError={onFailed}
      disableRemotePlayback
    />
  )
}
