import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'

/** Ties a stream to an element and plays it; `@visavis/call`'s `attachStream` fits. */
export type AttachStream = (
  element: HTMLVideoElement,
  stream: MediaStream,
  options?: { readonly onBlocked?: (retry: () => void) => void; readonly onPlaying?: () => void },
) => () => void

type StreamVideoProps = {
  readonly attach: AttachStream
  readonly stream: MediaStream
  /** Whose picture it is, for those who cannot see it. */
  readonly label: string
  /** Always true for one's own picture: hearing oneself howls. */
  readonly isMuted?: boolean
  readonly isMirrored?: boolean
  /** Fills its box, cutting the edges; otherwise the whole picture is shown. */
  readonly isCover?: boolean
  /** Stands over the picture, for example while there is none. */
  readonly overlay?: ReactNode
  /** Words that leave the picture in sight. */
  readonly note?: ReactNode
  /** Rendered when the browser wants a gesture before sound. */
  readonly blocked?: ((retry: () => void) => ReactNode) | undefined
}

/** A live picture. The element, not React's state, holds the media. */
export function StreamVideo(props: StreamVideoProps) {
  const { attach, stream, isMuted = false, blocked } = props
  const video = useRef<HTMLVideoElement>(null)
  const [retry, setRetry] = useState<(() => void) | null>(null)
  useEffect(() => {
    if (!video.current) return undefined
    return attach(video.current, stream, {
      onBlocked: (again) => setRetry(() => again),
      onPlaying: () => setRetry(null),
    })
  }, [attach, stream])
  return (
    <span className={videoClass(props)}>
      <video ref={video} aria-label={props.label} muted={isMuted} playsInline autoPlay />
      {props.overlay !== undefined && <span className="vv-video__words">{props.overlay}</span>}
      {props.note}
      {retry !== null && blocked !== undefined && (
        <span className="vv-video__words">{blocked(retry)}</span>
      )}
    </span>
  )
}

function videoClass({ isMirrored = false, isCover = false }: StreamVideoProps): string {
  const parts = ['vv-video']
  if (isMirrored) parts.push('vv-video--mirrored')
  if (isCover) parts.push('vv-video--cover')
  return parts.join(' ')
}
