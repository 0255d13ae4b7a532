import type { WallFeed } from '@visavis/call'
import { SeatPicture } from './SeatPicture.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { seatPictureUrl } from '../../api/paths.ts'
import type { WallSeat } from './wall-people.ts'

type CompareProps = {
  readonly feed: WallFeed
  readonly visitId: string
  readonly seat: WallSeat
  readonly stream: MediaStream | undefined
  /** Somebody else at the same camera is compared, too: once is enough to hear. */
  readonly isMuted: boolean
}

/** The picture on file beside the live one, for the officer's decision (LV-3). */
export function IdentityCompare({ feed, visitId, seat, stream, isMuted }: CompareProps) {
  const { t } = useTranslation()
  return (
    <div className="vv-compare">
      {seat.party === 'VISITOR' && <PictureOnFile visitId={visitId} seat={seat} />}
      <figure>
        <SeatPicture
          {...{ feed, visitId, seat, stream, isMuted }}
          // A decision is made on what the person looks like now.
          hasStill={false}
        />
        <figcaption>{t('wall.pictureNow')}</figcaption>
      </figure>
    </div>
  )
}

/** Asked for only while somebody is checked: each look is entered in the audit log. */
function PictureOnFile({ visitId, seat }: Pick<CompareProps, 'visitId' | 'seat'>) {
  const { t } = useTranslation()
  // Destroyed or replaced while the officer looked: rare, and no reason to show a broken picture.
  const [isLost, setIsLost] = useState(false)
  return (
    <figure>
      {isLost || !seat.hasPicture ? (
        <span className="vv-video vv-video--empty">
          <span className="vv-video__words">{t('wall.pictureMissing')}</span>
        </span>
      ) : (
        <img
          className="vv-compare__filed"
          src={seatPictureUrl(visitId, seat.seatId)}
          alt={t('wall.pictureFiledOf', { name: seat.name })}
          onError={() => setIsLost(true)}
        />
      )}
      <figcaption>{t('wall.pictureFiled')}</figcaption>
    </figure>
  )
}
