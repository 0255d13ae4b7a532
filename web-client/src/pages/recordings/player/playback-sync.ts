/** Where one track lies on the visit's line of time, in ms. */
export type TrackSpan = { readonly startMs: number; readonly durationMs: number }

/** What to do with a media element that should be at a certain place. */
export type Correction =
  /** Play on at this rate; near the wished speed it catches up unheard. */
  { readonly kind: 'rate'; readonly rate: number } | { readonly kind: 'seek' }

/** What is wished of all elements alike. */
export type Pace = { readonly isPlaying: boolean; readonly speed: number }
export type TrackKind = 'audio' | 'video'

/** Below this no ear or eye notices, and correcting would only make noise. In seconds at speed 1. */
const UNNOTICED_S = 0.03
/** Beyond this catching up would take too long to be in step. In seconds at speed 1. */
const TOO_FAR_S = 0.35
/** A picture that stands must be the very one; less than a frame of anything. In seconds. */
const STILL_S = 0.008
/** How strongly a drift is turned into speed. */
const PULL = 1
/** What does not change a voice audibly, and what no eye finds in a face. */
const MOST_PULL: Readonly<Record<TrackKind, number>> = { audio: 0.06, video: 0.2 }

/** How to bring an element that is `driftS` seconds ahead (negative: behind) back into step; pure. */
export function correctionOf(
  driftS: number,
  { isPlaying, speed }: Pace,
  kind: TrackKind,
): Correction {
  const size = Math.abs(driftS)
  if (!isPlaying) return size > STILL_S ? { kind: 'seek' } : { kind: 'rate', rate: speed }
  // At four times the speed the same moment of the listener's is four times as long in the track.
  const scale = Math.max(1, speed)
  if (size <= UNNOTICED_S * scale) return { kind: 'rate', rate: speed }
  if (size > TOO_FAR_S * scale) return { kind: 'seek' }
  const pull = Math.min(MOST_PULL[kind], (size / scale) * PULL)
  return { kind: 'rate', rate: speed * (driftS > 0 ? 1 - pull : 1 + pull) }
}

/** Where a track is when the visit's line is at `positionMs`, in seconds; null where it has nothing. */
export function placeInTrack(span: TrackSpan, positionMs: number): number | null {
  const placeMs = positionMs - span.startMs
  return placeMs < 0 || placeMs >= span.durationMs ? null : placeMs / 1000
}
