import type { FaceReport } from '@visavis/contract/advice'

/** A face as a model found it. Its place is in shares of the picture's width and height; it may reach beyond. */
export type SeenFace = {
  /** How sure the model is, 0 to 1. */
  readonly score: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A finding that lasts so long is told, and one that was not seen for so long is gone. */
export const LASTS_MS = 8_000
export const GONE_MS = 3_000
/** A device that is too slow to look often needs as many looks all the same. */
const LEAST_LOOKS = 3

/** A look each three seconds, and no more of one core than a twentieth. */
const LOOK_EVERY_MS = 3_000
const LEAST_REST = 20
const COUNTED_COSTS = 3

/** From here on it counts as a face; below the other, as none. Between them nothing is said. */
export const FACE_FROM = 0.4
const NO_FACE_BELOW = 0.15
/** Nearer to the edge than this, a face is cut off; smaller, it is too far away. */
const EDGE_SHARE = 0.01
const LEAST_HEIGHT = 1 / 8
/** No detector is ever sure. */
const MOST_SURE = 0.95

/**
 * What one look says of the picture of a camera at which so many people were let in; null: nothing. More
 * faces than people come before one that is at the edge. Pure.
 */
export function findingIn(faces: readonly SeenFace[], people: number): FaceReport | null {
  const best = faces.toSorted((a, b) => b.score - a.score)
  const surest = best[0]?.score ?? 0
  if (surest < NO_FACE_BELOW) return { finding: 'NONE', confidence: sureness(1 - surest) }
  const found = best.filter(({ score }) => score >= FACE_FROM)
  // As sure as of the one that is too many.
  const tooMany = found[people]
  if (tooMany) return { finding: 'MORE', confidence: sureness(tooMany.score) }
  const largest = found.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
  if (!largest || !(isCut(largest) || largest.height < LEAST_HEIGHT)) return null
  return { finding: 'EDGE', confidence: sureness(largest.score) }
}

function isCut({ left, top, width, height }: SeenFace): boolean {
  const rooms = [left, top, 1 - left - width, 1 - top - height]
  return rooms.some((room) => room < EDGE_SHARE)
}

function sureness(share: number): number {
  return Math.round(Math.min(MOST_SURE, Math.max(0, share)) * 100) / 100
}

/**
 * How long after the last look the next one may begin, in ms, by what the last three took. The least of them
 * is nearest to the core's time that one takes; the rest was waiting for others. Pure.
 */
export function restAfter(costsMs: readonly number[]): number {
  return Math.max(LOOK_EVERY_MS, LEAST_REST * Math.min(...costsMs.slice(-COUNTED_COSTS)))
}

/** What the looks so far amount to. */
export type AdviceState = {
  /** What to tell of; one object from its beginning to its end. */
  readonly told: FaceReport | null
  /** When that was seen last. */
  readonly toldSeenMs: number
  /** What the last looks found, one after the other, and may be told of. */
  readonly rising: {
    readonly finding: FaceReport['finding']
    readonly sinceMs: number
    readonly looks: number
    readonly sumOfConfidence: number
  } | null
}

/** Nothing was looked at yet. */
export const NOTHING_ADVISED: AdviceState = { told: null, toldSeenMs: 0, rising: null }

/** What is known after one more look, at that instant in ms of any steady clock. Pure. */
export function adviceAfterLook(
  state: AdviceState,
  { atMs, seen }: { readonly atMs: number; readonly seen: FaceReport | null },
): AdviceState {
  const rising = risingAfter(state.rising, { atMs, seen })
  const isSeenAgain = seen !== null && seen.finding === state.told?.finding
  const toldSeenMs = isSeenAgain ? atMs : state.toldSeenMs
  const told = state.told !== null && atMs - toldSeenMs < GONE_MS ? state.told : null
  if (told !== null || rising === null || !hasLasted(rising, atMs))
    return { told, toldSeenMs, rising }
  const { finding, looks, sumOfConfidence } = rising
  const confidence = Math.round((sumOfConfidence / looks) * 100) / 100
  return { told: { finding, confidence }, toldSeenMs: atMs, rising }
}

type Rising = NonNullable<AdviceState['rising']>

function risingAfter(
  rising: AdviceState['rising'],
  { atMs, seen }: { readonly atMs: number; readonly seen: FaceReport | null },
): AdviceState['rising'] {
  if (seen === null) return null
  const { finding, confidence } = seen
  if (rising?.finding !== finding) {
    return { finding, sinceMs: atMs, looks: 1, sumOfConfidence: confidence }
  }
  const { looks, sumOfConfidence } = rising
  return { ...rising, looks: looks + 1, sumOfConfidence: sumOfConfidence + confidence }
}

function hasLasted({ sinceMs, looks }: Rising, atMs: number): boolean {
  return looks >= LEAST_LOOKS && atMs - sinceMs >= LASTS_MS
}
