import { useStore } from '@visavis/ui'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { trackUrl } from '../../../api/paths.ts'
import { SeekStill } from './SeekStill.tsx'
import { TrackMedia } from './TrackMedia.tsx'
import { Watermark } from './Watermark.tsx'
import type { Mark } from './Watermark.tsx'
import { pictureGapAt } from './line-rules.ts'
import type { Gap, SeatTracks, Track } from './line-rules.ts'
import { gapWords, seatWords } from './line-words.ts'
import type { SyncedPlayback } from './synced-playback.ts'
import type { Playing } from './use-playback.ts'

type SeatPictureProps = {
  readonly seat: SeatTracks
  readonly playing: Playing
  readonly playId: string
  readonly gaps: readonly Gap[]
  readonly mark: Mark
  readonly offset: number
  readonly volume: number
  readonly onVolume: (volume: number) => void
  readonly onFailed: () => void
}

/** Picture and sound of one person, with all their tracks; over it the name of whoever looks. */
export function SeatPicture(props: SeatPictureProps) {
  const { seat, playing, gaps, mark, offset, volume, onVolume } = props
  const { t } = useTranslation()
  const who = seatWords(t, seat)
  return (
    <figure>
      <div className="vv-video vv-player__picture">
        {seat.tracks.map((track) => (
          <SeatTrack key={track.trackId} track={track} who={who} {...props} />
        ))}
        <SeekStill seat={seat} playing={playing} playId={props.playId} />
        <MissingPicture seat={seat} playback={playing.synced} gaps={gaps} />
        <Watermark mark={mark} offset={offset} />
      </div>
      <figcaption className="vv-row vv-player__caption">
        <span>{who}</span>
        <VolumeField who={who} volume={volume} onVolume={onVolume} />
      </figcaption>
    </figure>
  )
}

function SeatTrack({
  track,
  who,
  playing,
  playId,
  volume,
  onFailed,
}: SeatPictureProps & { track: Track; who: string }) {
  const { synced, told } = playing
  const { hasBegun } = useStore(told)
  const hasNow = useHasNow(synced, track.trackId)
  return (
    <TrackMedia
      playback={synced}
      trackId={track.trackId}
      kind={track.kind}
      url={trackUrl(playId, track.trackId)}
      label={who}
      volume={volume}
      mayFetch={hasBegun}
      isHidden={track.kind === 'video' && !hasNow}
      onFailed={onFailed}
    />
  )
}

/** Whether a track has something at the present place; renders again only when that changes. */
function useHasNow(playback: SyncedPlayback, trackId: string): boolean {
  return useSyncExternalStore(
    (listener) => playback.subscribe(listener),
    () => playback.hasNow(trackId),
  )
}

type MissingProps = {
  readonly seat: SeatTracks
  readonly playback: SyncedPlayback
  readonly gaps: readonly Gap[]
}

/** Where a picture would be: why there is none now. */
function MissingPicture({ seat, playback, gaps }: MissingProps) {
  const { t } = useTranslation()
  const pictures = seat.tracks.filter(({ kind }) => kind === 'video')
  const words = useSyncExternalStore(
    (listener) => playback.subscribe(listener),
    () => {
      if (pictures.length === 0) return t('player.noVideo')
      const { positionMs } = playback.getState()
      const gap = pictureGapAt(gaps, seat.seatId, positionMs)
      if (gap) return gapWords(t, { ...gap, seatId: undefined }, [])
      return pictures.some((track) => isAt(track, positionMs)) ? '' : t('player.nothingHere')
    },
  )
  return words === '' ? null : <span className="vv-video__words">{words}</span>
}

/** Shorter is no gap (RC-3): the first picture may come a moment after the first sound. In ms. */
const SHORTEST_GAP_MS = 500

function isAt({ startMs, durationMs }: Track, positionMs: number): boolean {
  return (
    positionMs > startMs - SHORTEST_GAP_MS && positionMs < startMs + durationMs + SHORTEST_GAP_MS
  )
}

const VOLUME_STEP = 0.05

function VolumeField({
  who,
  volume,
  onVolume,
}: {
  who: string
  volume: number
  onVolume: (volume: number) => void
}) {
  const { t } = useTranslation()
  return (
    <label className="vv-row vv-player__volume">
      <span className="vv-soft vv-small">{t('player.volume')}</span>
      <input
        type="range"
        min={0}
        max={1}
        step={VOLUME_STEP}
        value={volume}
        aria-label={t('player.volumeOf', { who })}
        onChange={({ target }) => onVolume(Number(target.value))}
      />
    </label>
  )
}
