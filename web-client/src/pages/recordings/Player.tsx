import { Button, ClockText, Icon, Notice, Panel, useStore } from '@visavis/ui'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { trackUrl } from '../../api/paths.ts'
import type { Reply } from '../../api/api.ts'
import { PlayerFlags } from './PlayerFlags.tsx'
import { TrackMedia } from './TrackMedia.tsx'
import { SyncedPlayback } from './synced-playback.ts'

type Play = Reply<'openPlay'>
type Track = Play['recording']['tracks'][number]
type PlayerProps = { readonly play: Play; readonly watermark: string }

/** The original tracks of both sides, in step on one line of time. */
export function Player({ play, watermark }: PlayerProps) {
  const { t } = useTranslation()
  const { tracks } = play.recording
  const [playback] = useState(() => new SyncedPlayback(tracks))
  const [hasFailed, setHasFailed] = useState(false)
  useEffect(() => playback.run(), [playback])
  const seats = useMemo(() => bySeat(tracks), [tracks])
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        {hasFailed && (
          <Notice tone="bad" live="alert">
            <p>{t('recordings.trackFailed')}</p>
          </Notice>
        )}
        <div className="vv-player__pictures">
          {seats.map((seat) => (
            <SeatTracksPicture
              key={seat.seatId}
              seat={seat}
              playback={playback}
              playId={play.playId}
              watermark={watermark}
              onFailed={() => setHasFailed(true)}
            />
          ))}
        </div>
        <Transport playback={playback} />
        <PlayerFlags recordingId={play.recording.recordingId} playback={playback} />
      </div>
    </Panel>
  )
}

type SeatPictureProps = {
  readonly seat: SeatTracks
  readonly playback: SyncedPlayback
  readonly playId: string
  readonly watermark: string
  readonly onFailed: () => void
}

/** Picture and sound of one person; over it the name of whoever looks. */
function SeatTracksPicture({ seat, playback, playId, watermark, onFailed }: SeatPictureProps) {
  const { t } = useTranslation()
  const hasPicture = seat.tracks.some(({ kind }) => kind === 'video')
  return (
    <figure>
      <div className="vv-video vv-player__picture">
        {seat.tracks.map((track) => (
          <TrackMedia
            key={track.trackId}
            playback={playback}
            trackId={track.trackId}
            kind={track.kind}
            url={trackUrl(playId, track.trackId)}
            label={t(`party.${seat.party}`)}
            onFailed={onFailed}
          />
        ))}
        {!hasPicture && <span className="vv-video__words">{t('recordings.noVideo')}</span>}
        <p className="vv-player__watermark">{watermark}</p>
      </div>
      <figcaption className="vv-soft">{t(`party.${seat.party}`)}</figcaption>
    </figure>
  )
}

/** The one set of controls for all tracks. */
function Transport({ playback }: { playback: SyncedPlayback }) {
  const { t } = useTranslation()
  const state = useStore(playback)
  return (
    <div className="vv-player__transport">
      <Button onClick={() => (state.isPlaying ? playback.pause() : playback.play())}>
        <Icon name={state.isPlaying ? 'pause' : 'play'} />
        {t(state.isPlaying ? 'recordings.pause' : 'recordings.play')}
      </Button>
      <label className="vv-player__line">
        <span className="govuk-visually-hidden">{t('recordings.position')}</span>
        <input
          type="range"
          min={0}
          max={state.lengthMs}
          step={SCRUB_STEP_MS}
          value={state.positionMs}
          onChange={(event) => playback.seek(Number(event.target.value))}
        />
      </label>
      <p className="vv-numbers">
        <ClockText lengthMs={state.positionMs} /> / <ClockText lengthMs={state.lengthMs} />
      </p>
      <p role="status" className="vv-soft vv-small">
        {state.isWaiting ? t('recordings.loadingTracks') : ''}
      </p>
    </div>
  )
}

/** One press of an arrow key: fine enough to find a word. */
const SCRUB_STEP_MS = 250

type SeatTracks = Pick<Track, 'seatId' | 'party'> & { readonly tracks: readonly Track[] }

function bySeat(tracks: readonly Track[]): SeatTracks[] {
  const seatIds = [...new Set(tracks.map(({ seatId }) => seatId))]
  return seatIds.flatMap((seatId) => {
    const own = tracks.filter((track) => track.seatId === seatId)
    const party = own[0]?.party
    return party === undefined ? [] : [{ seatId, party, tracks: own }]
  })
}
