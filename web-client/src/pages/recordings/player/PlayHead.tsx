import { Tag, clockTime, shortDate, untilInWords, useNow } from '@visavis/ui'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toneOf } from '../search-rules.ts'
import { endOfPlay } from './line-rules.ts'
import type { Play } from './line-rules.ts'

type PlayHeadProps = {
  readonly play: Play
  readonly caseNumber: string
  readonly onExpired: () => void
}

/** From here on the end of the play is told as a warning. In ms. */
const SOON_MS = 300_000

/** Whose visit it was, for which case it is open, until when, and what may still be opened. */
export function PlayHead({ play, caseNumber, onExpired }: PlayHeadProps) {
  const { t, i18n } = useTranslation()
  const { visit, budget } = play
  const options = { language: i18n.language, timeZone: visit.facility.timeZone }
  const when = `${shortDate(visit.startsAt, options)}, ${clockTime(visit.startsAt, options)}`
  return (
    <div className="vv-stack vv-stack--close">
      <p className="vv-row">
        <strong>
          {visit.inmate.name} <span className="vv-numbers">{visit.inmate.inmateNumber}</span>
        </strong>
        <span>{visit.visitors.join(', ')}</span>
        <span className="vv-numbers">{when}</span>
        <span className="vv-soft">{visit.terminalName}</span>
        <Tag tone={toneOf(visit.state)}>{t(`recordings.stateName.${visit.state}`)}</Tag>
        {visit.isHeld && <Tag tone="action">{t('recordings.held')}</Tag>}
      </p>
      <p className="vv-row vv-small vv-soft">
        <span>{t('player.case', { caseNumber })}</span>
        <Expiry expiresAt={play.expiresAt} onExpired={onExpired} />
        <span>{t('player.budget', { used: budget.used, of: budget.of })}</span>
      </p>
    </div>
  )
}

/** Looked at each second by the clock, so that a machine that slept closes the play as it wakes. */
function Expiry({ expiresAt, onExpired }: { expiresAt: string; onExpired: () => void }) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow()
  const [endMs] = useState(() => endOfPlay(expiresAt, Date.now()))
  const leftMs = endMs - nowMs
  const isOver = leftMs <= 0
  const expire = useEffectEvent(onExpired)
  useEffect(() => {
    if (isOver) expire()
  }, [isOver])
  const until = untilInWords(nowMs, Math.max(nowMs, endMs), i18n.language)
  const words = t('player.closes', { until })
  return leftMs < SOON_MS ? <Tag tone="warn">{words}</Tag> : <span>{words}</span>
}
