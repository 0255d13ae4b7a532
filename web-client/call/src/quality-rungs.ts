import { limitOf } from '@visavis/contract/layer-asks'
import type { LayerAsk } from '@visavis/contract/layer-asks'
import type { LadderBeat, QualityStep } from '@visavis/contract/quality-ladder'
import { saverBudget } from '@visavis/contract/saver-budget'
import type { VideoLayer } from './encodings.ts'

/** What of the picture is sent. `ALL` is whatever the camera's size allows. */
export type PictureSize = 'ALL' | 'MIDDLE' | 'SAVING' | 'SMALL' | 'SIGNING' | 'THIN'

/** One rung of the sender's ladder. */
export type SendRung = {
  readonly step: QualityStep
  /** The line carries so much or more; bit/s. */
  readonly needsBps: number
  /** Null: no picture. */
  readonly picture: PictureSize | null
  /** Bit/s; null: no voice. */
  readonly voiceBps: number | null
}

/** What decides which rungs there are. */
export type SendWishes = {
  readonly isDataSaver: boolean
  /** Somebody of this visit signs. */
  readonly keepsPicture: boolean
  /** How many others there are; at least one. */
  readonly others: number
}

/** What goes out of one layer; rates in bit/s. No `maxFramerate`: as many frames as there are. */
export type LayerPlan = {
  readonly active: boolean
  readonly maxBitrate: number
  readonly scaleResolutionDownBy: number
  readonly maxFramerate?: number
}

/** Clear speech with room for forward error correction; enough; still understood. */
const VOICE_BPS = { clear: 32_000, enough: 24_000, faint: 16_000 } as const

/** What the line must carry (LV-9, research of what others do); bit/s with everything. */
const NEEDS_BPS = { LARGE: 800_000, MEDIUM: 350_000, SMALL: 120_000, THIN: 60_000, VOICE: 32_000 }

/** The smallest layer as it goes out at the lower rungs, by how much smaller, how often and at which rate. */
const LOWEST = {
  SMALL: { maxBitrate: 90_000, shrink: 1, maxFramerate: 15 },
  THIN: { maxBitrate: 30_000, shrink: 1, maxFramerate: 5 },
  // Hands are read from many small pictures rather than from few large ones.
  SIGNING: { maxBitrate: 80_000, shrink: 1.5, maxFramerate: 15 },
} as const
const SAVING_FRAMES_PER_S = 15
/** More than the next rung needs, whatever the data saver leaves to it. */
const LEAST_SAVING_BPS = 150_000
/** A picture that saves has so many lines of the camera's, and no other layer. */
const SAVING_SHRINK = 4 / 3

/** The rungs of a visit, best first; there is always one that asks nothing of the line. */
export function rungsFor(wishes: SendWishes): readonly SendRung[] {
  const top = wishes.isDataSaver ? [savingRung(wishes)] : FULL_RUNGS
  return [...top, ...(wishes.keepsPicture ? SIGNING_RUNGS : VOICE_RUNGS)]
}

const FULL_RUNGS: readonly SendRung[] = [
  { step: 'LARGE', needsBps: NEEDS_BPS.LARGE, picture: 'ALL', voiceBps: VOICE_BPS.clear },
  { step: 'MEDIUM', needsBps: NEEDS_BPS.MEDIUM, picture: 'MIDDLE', voiceBps: VOICE_BPS.clear },
]

/** The picture goes first, the voice last. */
const VOICE_RUNGS: readonly SendRung[] = [
  { step: 'SMALL', needsBps: NEEDS_BPS.SMALL, picture: 'SMALL', voiceBps: VOICE_BPS.enough },
  { step: 'THIN', needsBps: NEEDS_BPS.THIN, picture: 'THIN', voiceBps: VOICE_BPS.enough },
  { step: 'VOICE', needsBps: NEEDS_BPS.VOICE, picture: null, voiceBps: VOICE_BPS.enough },
  { step: 'FAINT', needsBps: 0, picture: null, voiceBps: VOICE_BPS.faint },
]

/** The picture gets smaller, the voice fainter; then the voice goes, and never the picture. */
const SIGNING_RUNGS: readonly SendRung[] = [
  { step: 'SMALL', needsBps: NEEDS_BPS.SMALL, picture: 'SIGNING', voiceBps: VOICE_BPS.enough },
  { step: 'THIN', needsBps: NEEDS_BPS.THIN, picture: 'SIGNING', voiceBps: VOICE_BPS.faint },
  { step: 'PICTURE', needsBps: 0, picture: 'SIGNING', voiceBps: null },
]

function savingRung({ others }: SendWishes): SendRung {
  const { sendVideoBps, sendVoiceBps } = saverBudget(others)
  return {
    step: 'MEDIUM',
    needsBps: Math.max(sendVideoBps + sendVoiceBps, LEAST_SAVING_BPS),
    picture: 'SAVING',
    voiceBps: sendVoiceBps,
  }
}

/** How the layers of a camera's picture go out; `layers` lowest first, as many as were negotiated. */
export function layersAt(
  layers: readonly VideoLayer[],
  picture: PictureSize | null,
  others = 1,
): LayerPlan[] {
  return layers.map((layer, index) => {
    const { maxBitrate, scaleResolutionDownBy } = layer
    if (picture === null) return { active: false, maxBitrate, scaleResolutionDownBy }
    if (index > 0) {
      const active = picture === 'ALL' || (picture === 'MIDDLE' && index === 1)
      return { active, maxBitrate, scaleResolutionDownBy }
    }
    return { active: true, ...lowestAt(layer, { picture, layers, others }) }
  })
}

/** The same, with no more in the smallest layer than was asked for (LV-9); its size stays. */
export function thinned(plans: readonly LayerPlan[], asked: LayerAsk): LayerPlan[] {
  const limit = limitOf(asked)
  return plans.map((plan, index) => {
    if (index > 0 || limit === null) return plan
    const maxBitrate = Math.min(plan.maxBitrate, limit.maxBitrate)
    const maxFramerate = Math.min(plan.maxFramerate ?? Infinity, limit.maxFramerate ?? Infinity)
    return { ...plan, maxBitrate, ...(Number.isFinite(maxFramerate) ? { maxFramerate } : {}) }
  })
}

type Choice = {
  readonly picture: PictureSize
  readonly layers: readonly VideoLayer[]
  readonly others: number
}

function lowestAt(
  layer: VideoLayer,
  { picture, layers, others }: Choice,
): Omit<LayerPlan, 'active'> {
  const { maxBitrate, scaleResolutionDownBy } = layer
  if (picture === 'ALL' || picture === 'MIDDLE') return { maxBitrate, scaleResolutionDownBy }
  if (picture === 'SAVING') {
    const best = Math.max(...layers.map((each) => each.scaleResolutionDownBy))
    return {
      maxBitrate: saverBudget(others).sendVideoBps,
      scaleResolutionDownBy: (SAVING_SHRINK * best) / 2,
      maxFramerate: SAVING_FRAMES_PER_S,
    }
  }
  const lowest = LOWEST[picture]
  return {
    maxBitrate: lowest.maxBitrate,
    scaleResolutionDownBy: scaleResolutionDownBy * lowest.shrink,
    maxFramerate: lowest.maxFramerate,
  }
}

/** What was seen of the line that we send by. */
export type UplinkLook = {
  /** What the browser believes that it carries; null: it does not say. */
  readonly availableBps: number | null
  readonly lossShare: number | null
  readonly roundTripMs: number | null
}

/** So much loss or delay is harm that less may lessen; so little of both that more may be tried. */
const HARM = { lossShare: 0.15, roundTripMs: 1_000 } as const
const CLEAN = { lossShare: 0.05, roundTripMs: 500 } as const

/** Where on the ladder the line belongs. Loss and delay alone never cost the picture: less may not help. */
export function uplinkBeat(
  rungs: readonly SendRung[],
  rung: number,
  { availableBps, lossShare, roundTripMs }: UplinkLook,
): Omit<LadderBeat, 'atMs'> {
  const loss = lossShare ?? 0
  const delayMs = roundTripMs ?? 0
  const smallest = rungs.findIndex(({ step }) => step === 'SMALL')
  const isHarmed = loss >= HARM.lossShare || delayMs >= HARM.roundTripMs
  return {
    lastRung: rungs.length - 1,
    fittingRung:
      availableBps === null ? 0 : rungs.findIndex(({ needsBps }) => needsBps <= availableBps),
    harmlessRung: isHarmed ? Math.min(rung + 1, Math.max(rung, smallest)) : 0,
    isClean: loss < CLEAN.lossShare && delayMs < CLEAN.roundTripMs,
  }
}
