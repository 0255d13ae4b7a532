/** How a person's connection is, in the words that people see. */
export const LINK_LEVELS = ['GOOD', 'WEAK', 'POOR', 'LOST'] as const
export type LinkLevel = (typeof LINK_LEVELS)[number]

/** What a look at a seat's connection found. */
export type LinkLook = {
  /** Whether anything at all came from it, media or feedback. */
  readonly isHeard: boolean
  /** Share of packets lost, 0 to 1, in the worse direction; null: not known. */
  readonly lossShare: number | null
  readonly roundTripMs: number | null
  /** Layers of the picture that the line does not carry, in the worse direction. */
  readonly missedLayers: number
}

const BEST_SCORE = 100
/** A share of packets of 0.10 takes 30: a voice is understood, but not with ease. */
const LOSS_WEIGHT = 300
/** One way, so much delay is not felt; beyond it people begin to talk at the same time. */
const FELT_DELAY_MS = 160
const UNFELT_DELAY_MS_PER_POINT = 40
const FELT_DELAY_FROM_MS = 120
const FELT_DELAY_MS_PER_POINT = 10
const LAYER_WEIGHT = 35
/** Below these a connection is no more good, or is poor. */
const GOOD_FROM = 80
const WEAK_FROM = 40
/** Trouble shows soon, its end a little later, so that the bars do not flicker. */
const UP_SHARE = 0.4
const DOWN_SHARE = 0.8

/** The score of one look, 0 to 100: a hundred less what delay, loss and missing layers cost. */
export function linkScore(look: LinkLook): number {
  const { isHeard, lossShare, roundTripMs, missedLayers } = look
  if (!isHeard) return 0
  const cost =
    (lossShare ?? 0) * LOSS_WEIGHT + delayCost((roundTripMs ?? 0) / 2) + missedLayers * LAYER_WEIGHT
  return Math.max(0, BEST_SCORE - cost)
}

function delayCost(oneWayMs: number): number {
  if (oneWayMs < FELT_DELAY_MS) return oneWayMs / UNFELT_DELAY_MS_PER_POINT
  return (oneWayMs - FELT_DELAY_FROM_MS) / FELT_DELAY_MS_PER_POINT
}

/** The score shown after a look; it follows the looks, down faster than up. */
export function smoothedScore(before: number, score: number): number {
  return before + (score < before ? DOWN_SHARE : UP_SHARE) * (score - before)
}

/** The word for a score; who is not heard at all is lost, whatever was before. */
export function linkLevel(score: number, isHeard: boolean): LinkLevel {
  if (!isHeard) return 'LOST'
  if (score >= GOOD_FROM) return 'GOOD'
  return score >= WEAK_FROM ? 'WEAK' : 'POOR'
}
