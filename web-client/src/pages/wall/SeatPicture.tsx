import { attachStream } from '@visavis/call'
import type { WallFeed } from '@visavis/call'
import { Button, Icon, StreamVideo } from '@visavis/ui'
import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { StillPicture } from './StillPicture.tsx'
import type { WallSeat } from './wall-people.ts'

type SeatPictureProps = {
  readonly feed: WallFeed
  readonly visitId: string
  readonly seat: WallSeat
  readonly stream: MediaStream | undefined
  /** Whether a still is shown where there is no moving picture, or none yet. */
  readonly hasStill: boolean
  readonly isMuted?: boolean
}

/**
 * The live picture of one person. It begins with the next beat of the media node, so that nobody can tell
 * that an officer came (OV-3): until then, or where it is not live, the newest still stands for it.
 */
export function SeatPicture({ feed, visitId, seat, stream, ...rest }: SeatPictureProps) {
  const { t } = useTranslation()
  const { hasFrame, frameRef } = useHasFrame(stream)
  const label = t('call.remoteView', { name: seat.name })
  const still = rest.hasStill && !hasFrame && (
    <StillPicture feed={feed} visitId={visitId} seatId={seat.seatId} label="" />
  )
  if (stream === undefined) return <Empty seat={seat}>{still}</Empty>
  const blocked = (retry: () => void) => (
    <Button onClick={retry}>
      <Icon name="play" />
      {t('call.playBlocked', { name: seat.name })}
    </Button>
  )
  return (
    <span ref={frameRef} className="vv-seat-picture">
      <StreamVideo
        attach={attachStream}
        stream={stream}
        label={label}
        isMuted={rest.isMuted ?? false}
        isCover
        blocked={rest.isMuted === true ? undefined : blocked}
      />
      {still}
    </span>
  )
}

/** In what state somebody is of whom there is no picture; a still lies over the words. */
function Empty({ seat, children }: { seat: WallSeat; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <span className="vv-seat-picture">
      <span className="vv-video vv-video--empty">
        <span className="vv-video__words">
          <span className="vv-small">{t(`seat.${seat.state}`)}</span>
        </span>
      </span>
      {children}
    </span>
  )
}

/** Whether the element has drawn a picture of this stream: sound alone plays, too. */
function useHasFrame(stream: MediaStream | undefined) {
  const [drawn, setDrawn] = useState<MediaStream | null>(null)
  const frameRef = useCallback(
    (wrapper: HTMLElement | null) => {
      if (wrapper === null || stream === undefined) return undefined
      const look = ({ target }: Event) => {
        if (target instanceof HTMLVideoElement && target.videoWidth > 0) setDrawn(stream)
      }
      // Media events do not bubble, but are caught on their way down.
      for (const name of FRAME_EVENTS) wrapper.addEventListener(name, look, true)
      return () => {
        for (const name of FRAME_EVENTS) wrapper.removeEventListener(name, look, true)
      }
    },
    [stream],
  )
  return { hasFrame: stream !== undefined && drawn === stream, frameRef }
}

const FRAME_EVENTS = ['loadeddata', 'resize', 'playing', 'timeupdate'] as const
