import type { WallFeed } from '@visavis/call'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeyed } from './use-keyed.ts'

type StillProps = {
  readonly feed: WallFeed
  readonly visitId: string
  readonly seatId: string
  /** Whose picture it is; empty where it is beside their name. */
  readonly label: string
}

/** The newest still picture of one person, fetched as long as this is on the page; nothing before the first. */
export function StillPicture({ feed, visitId, seatId, label }: StillProps) {
  useEffect(() => feed.holdStill({ visitId, seatId }), [feed, visitId, seatId])
  const still = useKeyed(feed.stills, seatId)
  if (still === undefined) return null
  return <img className="vv-still" src={still.url} alt={label} />
}

/** Says that a picture stands still on purpose. */
export function StillMark() {
  const { t } = useTranslation()
  return <span className="vv-still__mark">{t('wallTools.still')}</span>
}
