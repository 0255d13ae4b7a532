/** Where one track lies on the recording's line of time, in ms. */
export type TrackSpan = { readonly startMs: number; readonly durationMs: number }

/** What to do with a media element that should be at a certain place. */
export type Correction =
  | { readonly kind: 'none' }
  /** Catch up unheard: play a little faster or slower. */
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'seek' }

/** Below this no ear or eye notices, and correcting would only make noise. In seconds. */
const UNNOTICED_S = 0.03
/** Beyond this catching up would take too long to be in step. In seconds. */
const TOO_FAR_S = 0.35
/** How strongly a drift is turned into speed; at most ±5 %, which does not change a voice audibly. */
const PULL = 0.25
const MAX_PULL = 0.05

/** How to bring an element that is `driftS` seconds ahead (negative: behind) back into step; pure. */
export function correctionOf(driftS: number): Correction {
  const size = Math.abs(driftS)
  if (size <= UNNOTICED_S) return { kind: 'none' }
  if (size > TOO_FAR_S) return { kind: 'seek' }
  const pull = Math.min(MAX_PULL, size * PULL)
  return { kind: 'rate', rate: driftS > 0 ? 1 - pull : 1 + pull }
}

/** Where a track is when the recording is at `positionMs`, in seconds; null where it has nothing. */
export function placeInTrack(span: TrackSpan, positionMs: number): number | null {
  const placeMs = positionMs - span.startMs
  return placeMs < 0 || placeMs >= span.durationMs ? null : placeMs / 1000
}

/** From the recording's beginning to the end of its last track, in ms. */
export function lengthOf(spans: readonly TrackSpan[]): number {
  return Math.max(0, ...spans.map(({ startMs, durationMs }) => startMs + durationMs))
}
