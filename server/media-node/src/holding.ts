import { isTrying, ladderAt, nextLadder } from '@visavis/contract/quality-ladder'
import type { HeldKind, LadderState } from '@visavis/contract/quality-ladder'
import { KEPT_PICTURE_BPS } from './bit-rates.ts'

/** Loss at which more is not even tried, and loss that a picture of hands does not bear; shares, 0 to 1. */
const CLEAN_LOSS = 0.05
const HARMFUL_LOSS = 0.1
/** A line that carries this carries the smallest layers of two people; bit/s. */
const PLENTY_BPS = 300_000
/** Everything flows; one of the two is held back. */
const ALL = 0
const HELD = 1

/** What one seat gets of another, at one look. */
export type PairLook = {
  readonly atMs: number
  /** What goes when the line is too poor for both. */
  readonly victim: HeldKind
  /** The picture is sent, and its receiver has built its end. */
  readonly isPictureDue: boolean
  /** Some layer of it is passed on. */
  readonly isPicturePassed: boolean
  /** There is a voice as well: alone, a picture is held back for nothing. */
  readonly hasSound: boolean
  /** Of what is sent to the seat, and what its line is believed to carry; null: not known. */
  readonly lossShare: number | null
  readonly availableBps: number | null
}

/** Where the pair stands. */
export type PairState = {
  readonly ladder: LadderState
  /** Whether something is to be held back now. */
  readonly isHolding: boolean
  /** Whether its receiver is told so: a try is none until something came of it. */
  readonly isHeld: boolean
}

/** Before anything was seen of a pair. */
export function freshPair(atMs: number): PairState {
  return { ladder: ladderAt(ALL, atMs, 0), isHolding: false, isHeld: false }
}

/**
 * LV-9, towards the receiver: what the line does not carry for 3 s is held back, and tried again when the
 * line has been clean for 15 s.
 */
export function nextPair(state: PairState, look: PairLook): PairState {
  const isTooMuch = look.hasSound && OVERLOAD[look.victim](look)
  const ladder = nextLadder(state.ladder, {
    ...{ atMs: look.atMs, lastRung: look.hasSound ? HELD : ALL, harmlessRung: ALL },
    fittingRung: isTooMuch ? HELD : ALL,
    isClean: (look.lossShare ?? 0) < CLEAN_LOSS,
  })
  const isHolding = ladder.rung === HELD
  const isVain = look.victim === 'PICTURE' ? !look.isPicturePassed : isTooMuch
  const isVainTry = state.isHeld && isTrying(ladder) && isVain
  return { ladder, isHolding, isHeld: isHolding || isVainTry }
}

/** How it shows that the line does not carry both. */
const OVERLOAD: Readonly<Record<HeldKind, (look: PairLook) => boolean>> = {
  // The SFU's congestion control takes the picture's layers away one by one; none is left. On a good line
  // it only waits for a key frame.
  PICTURE: ({ isPictureDue, isPicturePassed, availableBps }) =>
    isPictureDue && !isPicturePassed && (availableBps ?? Infinity) < PLENTY_BPS,
  // The smallest layer is sent whatever the line seems to carry; what comes then is loss.
  SOUND: ({ isPicturePassed, lossShare, availableBps }) =>
    isPicturePassed &&
    (lossShare ?? 0) >= HARMFUL_LOSS &&
    (availableBps ?? Infinity) <= KEPT_PICTURE_BPS,
}
