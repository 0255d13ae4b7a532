import { Button, minutesAndSeconds, useResource, useStore } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import type { SyncedPlayback } from './synced-playback.ts'

type FlagsProps = { readonly recordingId: string; readonly playback: SyncedPlayback }

/** What was flagged in this recording: on the line of time, and as a list to jump by (RC-5). */
export function PlayerFlags({ recordingId, playback }: FlagsProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { lengthMs } = useStore(playback)
  const loaded = useResource(
    useCallback(() => call('flagReviews', { query: { recordingId } }), [call, recordingId]),
  )
  if (loaded.phase !== 'ready') return null
  const marks = loaded.data.flags.flatMap(({ flagId, category, recording }) =>
    recording?.recordingId === recordingId
      ? [{ flagId, words: t(`coverage.categoryOf.${category}`), offsetMs: recording.offsetMs }]
      : [],
  )
  if (marks.length === 0) return null
  return (
    <section className="vv-stack vv-stack--close">
      <svg
        className="vv-player__marks"
        viewBox="0 0 100 2"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {marks.map(({ flagId, offsetMs }) => (
          <rect key={flagId} x={placeOf(offsetMs, lengthMs)} width="0.5" height="2" />
        ))}
      </svg>
      <h3>{t('oversight.flags.marks')}</h3>
      <div className="vv-row">
        {marks.map(({ flagId, words, offsetMs }) => {
          const time = minutesAndSeconds(Math.max(0, offsetMs))
          return (
            <Button
              key={flagId}
              look="secondary"
              isSmall
              aria-label={t('oversight.flags.goTo', { time, what: words })}
              onClick={() => playback.seek(clamp(offsetMs, lengthMs))}
            >
              {time} {words}
            </Button>
          )
        })}
      </div>
    </section>
  )
}

function clamp(offsetMs: number, lengthMs: number): number {
  return Math.min(Math.max(0, offsetMs), lengthMs)
}

function placeOf(offsetMs: number, lengthMs: number): number {
  return lengthMs === 0 ? 0 : (clamp(offsetMs, lengthMs) / lengthMs) * 100
}
