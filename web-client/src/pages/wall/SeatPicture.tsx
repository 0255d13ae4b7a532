import { attachStream } from '@visavis/call'
import { Button, Icon, StreamVideo } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { WallSeat } from './wall-people.ts'

type SeatPictureProps = {
  readonly seat: WallSeat
  readonly stream: MediaStream | undefined
  readonly isMuted?: boolean
}

/** The live picture of one person, or why there is none. */
export function SeatPicture({ seat, stream, isMuted = false }: SeatPictureProps) {
  const { t } = useTranslation()
  const label = t('call.remoteView', { name: seat.name })
  if (stream === undefined) {
    return (
      <span className="vv-video vv-video--empty">
        <span className="vv-video__words">
          <span className="vv-small">{t(`seat.${seat.state}`)}</span>
        </span>
      </span>
    )
  }
  return (
    <StreamVideo
      attach={attachStream}
      stream={stream}
      label={label}
      isMuted={isMuted}
      isCover
      blocked={
        isMuted
          ? undefined
          : (retry) => (
              <Button onClick={retry}>
                <Icon name="play" />
                {t('call.playBlocked', { name: seat.name })}
              </Button>
            )
      }
    />
  )
}
