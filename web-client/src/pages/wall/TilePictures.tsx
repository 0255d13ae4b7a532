import type { WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import { Icon } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { SeatPicture } from './SeatPicture.tsx'
import { StillMark } from './StillPicture.tsx'
import { TileLevel } from './TileLevel.tsx'
import type { TileMode } from './use-watched.ts'
import { hasCamera } from './wall-people.ts'

type PicturesProps = {
  readonly feed: WallFeed
  readonly visit: WallVisit
  readonly streams: ReadonlyMap<string, MediaStream>
  readonly mode: TileMode
  /** The server does not let this officer watch it. */
  readonly isRefused: boolean
}

/** Everybody in a visit, small: moving or still, and how loud they are. */
export function TilePictures({ feed, visit, streams, mode, isRefused }: PicturesProps) {
  const { t } = useTranslation()
  if (visit.policy.monitor === 'NONE' || isRefused) {
    return (
      <span className="vv-tile__private">
        <Icon name="lock" size="1.6em" />
        {t('wall.private')}
      </span>
    )
  }
  const hasLevels = visit.policy.monitor === 'AV' && mode !== 'away'
  return (
    <span className="vv-tile__pictures" aria-hidden="true">
      {visit.seats.filter(hasCamera).map((seat) => (
        <span key={seat.seatId} className="vv-tile__picture">
          <SeatPicture
            feed={feed}
            visitId={visit.visitId}
            seat={seat}
            stream={mode === 'still' ? undefined : streams.get(seat.seatId)}
            hasStill={mode !== 'away'}
            isMuted
          />
          {hasLevels && <TileLevel feed={feed} seatId={seat.seatId} />}
        </span>
      ))}
      {mode === 'still' && <StillMark />}
    </span>
  )
}
