import { useMemo, useState, useSyncExternalStore } from 'react'
import { thumbnailUrl } from '../../../api/paths.ts'
import { stillFor, stillsOf } from './line-rules.ts'
import type { SeatTracks, Still } from './line-rules.ts'
import { placeClock } from './line-words.ts'
import type { Playing } from './use-playback.ts'

type SeekStillProps = {
  readonly seat: SeatTracks
  readonly playing: Playing
  readonly playId: string
}

/**
 * What a person looked like about where the player goes, until the very frame is there: a browser decodes from
 * the key frame before it. The still says its own time, for it is not that frame. It is fetched while the server
 * enters the seek, and shown when it has.
 */
export function SeekStill({ seat, playing, playId }: SeekStillProps) {
  const { told } = playing
  const stills = useMemo(() => stillsOf(seat), [seat])
  const subscribe = (listener: () => void) => told.subscribe(listener)
  const still = useSyncExternalStore(subscribe, () => stillNow(stills, { seat, playing }))
  const isEntered = useSyncExternalStore(subscribe, () => told.getState().aimMs === null)
  if (still === null) return null
  return <Shown key={`${still.trackId} ${still.index}`} {...{ still, isEntered, playId }} />
}

type ShownProps = {
  readonly still: Still
  readonly isEntered: boolean
  readonly playId: string
}

function Shown({ still, isEntered, playId }: ShownProps) {
  const [isLoaded, setIsLoaded] = useState(false)
  return (
    <div className="vv-player__still" hidden={!isEntered || !isLoaded} aria-hidden="true">
      <img
        src={thumbnailUrl(playId, still.trackId, still.index)}
        alt=""
        onLoad={() => setIsLoaded(true)}
      />
      <span className="vv-numbers">{placeClock(still.atMs)}</span>
    </div>
  )
}

type On = Pick<SeekStillProps, 'seat' | 'playing'>

/** The same object for the same still. */
function stillNow(stills: readonly Still[], { seat, playing }: On): Still | null {
  const { synced, told } = playing
  const { aimMs, positionMs } = told.getState()
  if (aimMs !== null) return stillFor(stills, { fromMs: positionMs, toMs: aimMs })
  const pictures = seat.tracks.filter(({ kind }) => kind === 'video')
  const shownMs = pictures.map(({ trackId }) => synced.shownOnTheWay(trackId))
  const fromMs = shownMs.find((atMs) => atMs !== null) ?? null
  return fromMs === null ? null : stillFor(stills, { fromMs, toMs: positionMs })
}
