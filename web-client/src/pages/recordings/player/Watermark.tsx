import { shortDate, clockTime, useNow } from '@visavis/ui'
import { useTranslation } from 'react-i18next'

/** It stands somewhere else after this, so that no crop is without it. In ms. */
const STAYS_MS = 7_000
const PLACES = ['start', 'middle', 'end', 'low', 'high'] as const

export type Mark = {
  readonly name: string
  readonly caseNumber: string
  readonly timeZone: string
}

/** Names whoever lets a picture of the screen get out: who looked, for which case, and when. */
export function Watermark({ mark, offset }: { mark: Mark; offset: number }) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow()
  const options = { language: i18n.language, timeZone: mark.timeZone }
  const now = new Date(nowMs).toISOString()
  const time = `${shortDate(now, options)}, ${clockTime(now, options)}`
  const place = PLACES[(Math.floor(nowMs / STAYS_MS) + offset) % PLACES.length]
  return (
    <p className={`vv-player__watermark vv-player__watermark--${place}`}>
      {t('player.watermark', { name: mark.name, caseNumber: mark.caseNumber, time })}
    </p>
  )
}
