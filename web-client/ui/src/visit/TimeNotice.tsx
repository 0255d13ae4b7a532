import type { VisitClock } from '@visavis/contract/visit'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../index.ts'
import { playChime } from './chime.ts'
import { noticeAt } from './time-notices.ts'

const MINUTE_MS = 60_000
const SECOND_MS = 1000

/** LV-5: at five minutes, one minute and ten seconds, seen, heard as a chime, and said aloud. */
export function TimeNotice({ clock }: { clock: VisitClock }) {
  const { t } = useTranslation()
  const mark = noticeAt(clock.leftMs, clock.bookedMs)
  useEffect(() => {
    if (mark !== null) playChime()
  }, [mark])
  return (
    <div role="status" aria-label={t('call.timeNotice')}>
      {mark !== null && (
        <Notice>
          <p>
            <strong>
              {mark >= MINUTE_MS
                ? t('call.minutesLeft', { count: mark / MINUTE_MS })
                : t('call.secondsLeft', { count: mark / SECOND_MS })}
            </strong>
          </p>
        </Notice>
      )}
    </div>
  )
}
