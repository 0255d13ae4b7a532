import type { VisitSnapshot } from '@visavis/contract/visit'
import { NOTHING_WATCHED, watchFreezes } from './freeze-rules.ts'
import type { FreezeAction } from './freeze-rules.ts'
import type { VisitSignalling } from './seat-media.ts'
import type { StatsSample, StatsSampler } from './stats-sampler.ts'

export type PictureWatchOptions = {
  readonly sampler: Pick<StatsSampler, 'onSample'>
  readonly signalling: Pick<VisitSignalling, 'request' | 'isConnected'>
  /** Whether that person's picture should move now. */
  readonly isExpected: (seatId: string) => boolean
  /** The media as a whole are to be opened anew. */
  readonly rebuild: () => void
}

/** Mends pictures that stand still (LV-8); gives back the way to stop. */
export function watchPictures(options: PictureWatchOptions): () => void {
  const { sampler, signalling, isExpected, rebuild } = options
  let state = NOTHING_WATCHED
  const cure = ({ cure: what, consumerId }: FreezeAction): void => {
    if (what === 'rebuild') {
      rebuild()
      return
    }
    const name = what === 'renew' ? 'consumer:renew' : 'consumer:keyFrame'
    // What cannot be asked now, or of a consumer that is gone, the next stage or the next join mends.
    signalling.request(name, { consumerId }).catch(() => undefined)
  }
  return sampler.onSample((sample) => {
    // Nothing can be asked, and the transports' own watch knows whether they stand.
    const isUp = signalling.isConnected()
    const result = watchFreezes(state, {
      atMs: sample.atMs,
      pictures: picturesOf(sample),
      isExpected: (seatId) => isUp && isExpected(seatId),
    })
    state = result.state
    result.actions.forEach(cure)
  })
}

function picturesOf({ receive }: StatsSample) {
  return receive.tracks.filter(({ kind }) => kind === 'video')
}

/** Whether a person's picture should move, as far as the server has told. */
export function isPictureExpected(snapshot: VisitSnapshot | null, seatId: string): boolean {
  if (snapshot?.state !== 'LIVE') return false
  const seat = snapshot.others.find((other) => other.seatId === seatId)
  // A picture that is held back, so that the voice stays, comes again by itself (LV-9).
  const isHeld = snapshot.lines.others.some(
    (one) => one.seatId === seatId && one.held === 'PICTURE',
  )
  return seat?.state === 'IN' && !seat.isAway && !seat.isCameraOff && !isHeld
}
