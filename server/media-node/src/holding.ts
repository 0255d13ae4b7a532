import { WHOLE_LAYER_BPS } from '@visavis/contract/layer-asks'
import type { LayerAsk } from '@visavis/contract/layer-asks'
import { isTrying, isTryingAgain, ladderAt, nextLadder } from '@visavis/contract/quality-ladder'
import type { HeldKind, LadderBeat, LadderState } from '@visavis/contract/quality-ladder'
import { KEPT_PICTURE_BPS } from './bit-rates.ts'

/** Loss at which more is not even tried, and loss that a picture of hands does not bear; shares, 0 to 1. */
const CLEAN_LOSS = 0.05
const HARMFUL_LOSS = 0.1
/** A line that carries this carries the smallest layers of two people; bit/s. */
const PLENTY_BPS = 300_000

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
  readonly victim: HeldKind
  /** How much the smallest layer may take, as far as this receiver is concerned. */
  readonly ask: LayerAsk
  /** Whether something is to be held back now. */
  readonly isHolding: boolean
  /** Whether its receiver is told so: a try is none until something came of it. */
  readonly isHeld: boolean
}

type PairRung = Pick<PairState, 'ask' | 'isHolding'>

/** Best first. A picture that is held back anyway need not be smaller; one that must stay gives way first. */
const RUNGS: Readonly<Record<HeldKind, readonly PairRung[]>> = {
  PICTURE: [
    { ask: 'WHOLE', isHolding: false },
    { ask: 'WHOLE', isHolding: true },
  ],
  SOUND: [
    { ask: 'WHOLE', isHolding: false },
    { ask: 'LEAN', isHolding: false },
    { ask: 'SPARSE', isHolding: false },
    { ask: 'SPARSE', isHolding: true },
  ],
}
const ALL = 0
const LEAN = 1
const SPARSE = 2

/** Before anything was seen of a pair. */
export function freshPair(atMs: number, victim: HeldKind = 'PICTURE'): PairState {
  return { ladder: ladderAt(ALL, atMs, 0), victim, ...rungAt(victim, ALL), isHeld: false }
}

/**
 * LV-9, towards the receiver: what the line does not carry for 3 s is asked for in less, or held back, and
 * tried again when the line has been clean for 15 s.
 */
export function nextPair(state: PairState, look: PairLook): PairState {
  const { victim } = look
  // Somebody who signs has come or gone: another order of what goes.
  const known = state.victim === victim ? state : freshPair(look.atMs, victim)
  const ladder = nextLadder(known.ladder, { ...beatOf(known, look), atMs: look.atMs })
  const rung = rungAt(victim, ladder.rung)
  const isVain = victim === 'PICTURE' ? !look.isPicturePassed : isTooMuchWithSound(look)
  const isVainTry = known.isHeld && isTrying(ladder) && isVain
  return { ladder, victim, ...rung, isHeld: rung.isHolding || isVainTry }
}

function rungAt(victim: HeldKind, rung: number): PairRung {
  return RUNGS[victim][rung] ?? { ask: 'WHOLE', isHolding: false }
}

type Beat = Omit<LadderBeat, 'atMs'>

function beatOf({ victim, ladder }: PairState, look: PairLook): Beat {
  const last = RUNGS[victim].length - 1
  const lastRung = look.hasSound ? last : last - 1
  return victim === 'PICTURE'
    ? losingPicture({ lastRung, isForced: isTryingAgain(ladder) }, look)
    : losingSound(ladder.rung, lastRung, look)
}

/** The SFU's congestion control takes the picture's layers away one by one; none is left. */
function losingPicture(
  { lastRung, isForced }: { lastRung: number; isForced: boolean },
  look: PairLook,
): Beat {
  // Sent against the estimate, a picture goes again for what it does to the voice.
  const isHarm = isForced && (look.lossShare ?? 0) >= HARMFUL_LOSS
  return {
    ...{ lastRung, harmlessRung: isHarm ? lastRung : ALL, isClean: isWithoutLoss(look) },
    fittingRung: isStarved(look) ? lastRung : ALL,
  }
}

/** The picture has to fit by itself; what comes where even the least of it does not is loss. */
function losingSound(rung: number, lastRung: number, look: PairLook): Beat {
  const isClean = isWithoutLoss(look) && (look.availableBps ?? Infinity) >= neededAbove(rung)
  // A layer that finds no room is a picture that stands still: a try that does it ends at once.
  const harmlessRung = isStarved(look) ? Math.min(rung + 1, SPARSE) : ALL
  const roomyRung = isTooMuchWithSound(look) ? rung + 1 : ALL
  return { lastRung, isClean, harmlessRung, fittingRung: Math.max(roomyRung, askOfEstimate(look)) }
}

function askOfEstimate({ isPictureDue, availableBps }: PairLook): number {
  const bps = availableBps ?? Infinity
  if (!isPictureDue || bps >= WHOLE_LAYER_BPS) return ALL
  return bps > KEPT_PICTURE_BPS ? LEAN : SPARSE
}

/** What the estimate must be before the next better rung is tried; it is never below what is kept. */
function neededAbove(rung: number): number {
  if (rung === LEAN) return WHOLE_LAYER_BPS
  return rung === SPARSE ? KEPT_PICTURE_BPS + 1 : 0
}

/** Nothing of the picture is passed on for want of room. On a good line it only waits for a key frame. */
function isStarved({ isPictureDue, isPicturePassed, availableBps }: PairLook): boolean {
  return isPictureDue && !isPicturePassed && (availableBps ?? Infinity) < PLENTY_BPS
}

/** The least is sent whatever the line seems to carry; what comes then is loss. */
function isTooMuchWithSound({ isPicturePassed, lossShare, availableBps }: PairLook): boolean {
  const isAtLeast = (availableBps ?? Infinity) <= KEPT_PICTURE_BPS
  return isPicturePassed && isAtLeast && (lossShare ?? 0) >= HARMFUL_LOSS
}

function isWithoutLoss({ lossShare }: PairLook): boolean {
  return (lossShare ?? 0) < CLEAN_LOSS
}
