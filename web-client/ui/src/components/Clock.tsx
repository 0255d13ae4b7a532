import { useTranslation } from 'react-i18next'
import { useNow } from '../hooks/use-now.ts'
import { minutesAndSeconds, untilInWords } from '../time/visit-time.ts'

const MINUTE_MS = 60_000
const SECOND_MS = 1000

/** A length of time as `12:05`, and in words for those who hear it. */
export function ClockText({ lengthMs }: { lengthMs: number }) {
  const { t } = useTranslation()
  const wholeMs = Math.ceil(Math.max(0, lengthMs) / SECOND_MS) * SECOND_MS
  const minutes = t('time.minutes', { count: Math.floor(wholeMs / MINUTE_MS) })
  const seconds = t('time.seconds', { count: (wholeMs % MINUTE_MS) / SECOND_MS })
  return (
    <span className="vv-numbers">
      <span aria-hidden="true">{minutesAndSeconds(lengthMs)}</span>
      <span className="govuk-visually-hidden">
        {t('time.minutesAndSeconds', { minutes, seconds })}
      </span>
    </span>
  )
}

/** How long it still is until an instant, in words that follow the clock. */
export function Countdown({ toInstant }: { toInstant: string }) {
  const { i18n } = useTranslation()
  const nowMs = useNow()
  const toMs = new Date(toInstant).getTime()
  return (
    <time dateTime={toInstant}>{untilInWords(nowMs, Math.max(nowMs, toMs), i18n.language)}</time>
  )
}
