/**
 * LV-9: the ladder by which quality gives way to a poor line, the same machine for both directions. It
 * knows rungs by their number only, 0 the best; what a rung means is its owner's.
 */

/** How well a seat sends, best first; the last one is of visits in which somebody signs. */
export const QUALITY_STEPS = [
  /** Every layer the camera allows. */
  'LARGE',
  'MEDIUM',
  /** The smallest layer, with few frames. */
  'SMALL',
  /** No more than can be recognised. */
  'THIN',
  /** No picture, so that the voice stays. */
  'VOICE',
  /** The voice at the least rate that is understood. */
  'FAINT',
  /** No voice, so that the signing stays. */
  'PICTURE',
] as const
export type QualityStep = (typeof QUALITY_STEPS)[number]

/** What was given up so that the other stays. */
export const HELD_KINDS = ['PICTURE', 'SOUND'] as const
export type HeldKind = (typeof HELD_KINDS)[number]

/** What is not sent at a step, or null. */
export function heldAt(step: QualityStep): HeldKind | null {
  if (step === 'PICTURE') return 'SOUND'
  return step === 'VOICE' || step === 'FAINT' ? 'PICTURE' : null
}

/** A line that is poor for so long is not just hiccuping. */
export const DOWN_AFTER_MS = 3_000
/** A line must have been good for so long before more is tried; twice as long after each try that failed. */
export const UP_AFTER_MS = 15_000
export const LONGEST_WAIT_MS = 120_000
/** An estimate that was held down by how little was sent needs so long to grow. */
export const PROBE_MS = 6_000
/** A rung that held for so long was no mere try. */
export const SETTLED_MS = 30_000
/** Looks that lie further apart say nothing of what was in between: the page or the machine slept. */
const LONGEST_BEAT_MS = 3_000

/** Where a ladder stands; instants are milliseconds of a clock that is never set. */
export type LadderState = {
  readonly rung: number
  readonly atMs: number
  readonly badSinceMs: number | null
  /** The best rung that would have done at some look since then. */
  readonly badRung: number
  readonly fineSinceMs: number | null
  /** Until then the estimate is not believed where it asks for less. */
  readonly graceUntilMs: number
  /** When this rung was last climbed to; null once it has settled. */
  readonly climbedAtMs: number | null
  readonly upAfterMs: number
}

/** What was seen at one look. */
export type LadderBeat = {
  readonly atMs: number
  readonly lastRung: number
  /** The best rung that the estimated rate carries. */
  readonly fittingRung: number
  /** The best rung that the harm done (loss, delay) allows; it counts in the grace of a try, too. */
  readonly harmlessRung: number
  /** Whether the line is so good that more may be tried. */
  readonly isClean: boolean
}

/** A ladder that begins at a rung, with time for the estimate to grow. */
export function ladderAt(rung: number, atMs: number, graceMs = PROBE_MS): LadderState {
  return {
    ...{ rung, atMs, badSinceMs: null, badRung: rung, fineSinceMs: null },
    ...{ graceUntilMs: atMs + graceMs, climbedAtMs: null, upAfterMs: UP_AFTER_MS },
  }
}

/** Whether the present rung is still a try, of which nobody need be told. */
export function isTrying({ climbedAtMs, atMs }: LadderState): boolean {
  return climbedAtMs !== null && atMs - climbedAtMs < PROBE_MS + DOWN_AFTER_MS
}

/** Whether it is a try after one that failed. */
export function isTryingAgain(state: LadderState): boolean {
  return isTrying(state) && state.upAfterMs > UP_AFTER_MS
}

/** The ladder after a look: down as far as needed once it was bad for 3 s, up by one after 15 s. */
export function nextLadder(state: LadderState, beat: LadderBeat): LadderState {
  const isFresh = beat.atMs - state.atMs <= LONGEST_BEAT_MS
  const known = isFresh ? state : { ...state, badSinceMs: null, fineSinceMs: null }
  const seen = { ...known, atMs: beat.atMs, rung: Math.min(known.rung, beat.lastRung) }
  const wanted = wantedRung(seen, beat)
  return wanted > seen.rung ? whileBad(seen, wanted) : whileFine(seen, beat)
}

function wantedRung({ graceUntilMs }: LadderState, beat: LadderBeat): number {
  const fitting = beat.atMs < graceUntilMs ? 0 : beat.fittingRung
  return Math.min(beat.lastRung, Math.max(fitting, beat.harmlessRung))
}

function whileBad(state: LadderState, wanted: number): LadderState {
  const { atMs, badSinceMs } = state
  const bad: LadderState = {
    ...{ ...state, fineSinceMs: null, badSinceMs: badSinceMs ?? atMs },
    badRung: badSinceMs === null ? wanted : Math.min(state.badRung, wanted),
  }
  return atMs - (badSinceMs ?? atMs) >= DOWN_AFTER_MS ? fallen(bad) : bad
}

function fallen(state: LadderState): LadderState {
  const { atMs, badRung, climbedAtMs, upAfterMs } = state
  const wasTry = climbedAtMs !== null && atMs - climbedAtMs < SETTLED_MS
  return {
    ...{ ...state, rung: badRung, badSinceMs: null, climbedAtMs: null },
    upAfterMs: wasTry ? Math.min(2 * upAfterMs, LONGEST_WAIT_MS) : upAfterMs,
  }
}

function whileFine(state: LadderState, { isClean }: LadderBeat): LadderState {
  const fine = settled({ ...state, badSinceMs: null })
  const { atMs, rung, fineSinceMs } = fine
  if (!isClean || rung === 0) return { ...fine, fineSinceMs: null }
  if (fineSinceMs === null || atMs - fineSinceMs < fine.upAfterMs) {
    return { ...fine, fineSinceMs: fineSinceMs ?? atMs }
  }
  return {
    ...{ ...fine, rung: rung - 1, fineSinceMs: null },
    ...{ climbedAtMs: atMs, graceUntilMs: atMs + PROBE_MS },
  }
}

function settled(state: LadderState): LadderState {
  const { climbedAtMs, atMs } = state
  const hasSettled = climbedAtMs !== null && atMs - climbedAtMs >= SETTLED_MS
  return hasSettled ? { ...state, climbedAtMs: null, upAfterMs: UP_AFTER_MS } : state
}
