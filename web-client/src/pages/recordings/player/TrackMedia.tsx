import { useEffect, useRef } from 'react'
import type { SyncedPlayback } from './synced-playback.ts'

type TrackMediaProps = {
  readonly playback: SyncedPlayback
  readonly trackId: string
  readonly kind: 'audio' | 'video'
  readonly url: string
  readonly label: string
  /** From 0 to 1. */
  readonly volume: number
  /** Something of the recording was asked for: now its bytes may be fetched ahead. */
  readonly mayFetch: boolean
  readonly isHidden?: boolean
  readonly onFailed: () => void
}

/** The element of one track; the playback, not the element's own controls, moves it. */
export function TrackMedia(props: TrackMediaProps) {
  const { playback, trackId, kind, url, label, volume, mayFetch, isHidden = false } = props
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null)
  useEffect(() => {
    const media = element.current
    if (!media) return undefined
    const detach = playback.attach(trackId, media)
    return () => {
      detach()
      forget(media)
    }
  }, [playback, trackId])
  useEffect(() => {
    if (element.current) element.current.volume = volume
  }, [volume])
  const Element = kind
  return (
    <Element
      ref={element}
      src={url}
      preload={mayFetch ? 'auto' : 'metadata'}
      playsInline
      hidden={isHidden}
      aria-label={label}
      onError={props.onFailed}
      disableRemotePlayback
      disablePictureInPicture
    />
  )
}

/** Out of the page an element would keep what it has fetched until somebody cleans up. */
function forget(media: HTMLMediaElement): void {
  media.pause()
  media.removeAttribute('src')
  media.load()
}
