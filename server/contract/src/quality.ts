import { z } from 'zod'
import { LAYER_ASKS } from './layer-asks.ts'
import { HELD_KINDS, QUALITY_STEPS } from './quality-ladder.ts'
import { LINK_LEVELS } from './quality-score.ts'

export const QualityStepShape = z.enum(QUALITY_STEPS)
export const LinkLevelShape = z.enum(LINK_LEVELS)
export const HeldKindShape = z.enum(HELD_KINDS)
export const LayerAskShape = z.enum(LAYER_ASKS)

/** What a person chose: to use little data, and whether the picture must outlast the voice. */
export const QualityWishes = z.strictObject({
  isDataSaver: z.boolean(),
  /** This person signs: the picture goes last (LV-9). */
  keepsPicture: z.boolean(),
})
export type QualityWishes = z.output<typeof QualityWishes>

/** Nothing was chosen. */
export const NO_WISHES: QualityWishes = { isDataSaver: false, keepsPicture: false }

const Bps = z.number().int().min(0)
const Share = z.number().min(0).max(1)

/**
 * How a seat's connection was at the SFU's last look (OV-9): figures only, of every class of visit.
 * Rates are bit/s, shares 0 to 1; null where nothing is known.
 */
export const SeatQuality = z.object({
  seatId: z.uuid(),
  level: LinkLevelShape,
  score: z.number().int().min(0).max(100),
  roundTripMs: z.number().int().min(0).nullable(),
  /** From the seat to the SFU. */
  send: z.object({
    bps: Bps,
    lossShare: Share.nullable(),
    /** Layers of its picture that arrive. */
    layers: z.number().int().min(0),
    /** How much its smallest layer may take, by the lines of the other seats. */
    asked: LayerAskShape,
  }),
  /** From the SFU to the seat. */
  receive: z.object({
    bps: Bps,
    lossShare: Share.nullable(),
    /** The fewest layers of the pictures that it gets; 0: one is not passed on. */
    layers: z.number().int().min(0),
    availableBps: Bps.nullable(),
    /** Whose picture or sound is held back so that the other stays. */
    held: z.record(z.uuid(), HeldKindShape),
  }),
})
export type SeatQuality = z.output<typeof SeatQuality>
