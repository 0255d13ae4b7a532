/**
 * LV-9: how much the smallest layer of a picture that must not go may take. The SFU asks for less when a
 * receiver's line does not carry the layer as it is; first at a lower rate, then in fewer frames.
 */

/** Most first. `WHOLE`: as the sender's own line allows. */
export const LAYER_ASKS = ['WHOLE', 'LEAN', 'SPARSE'] as const
export type LayerAsk = (typeof LAYER_ASKS)[number]

/** What the smallest layer takes when nobody asks for less: 180 lines, as others have it; bit/s. */
export const WHOLE_LAYER_BPS = 150_000

/** The most that is sent of the smallest layer; no `maxFramerate`: as many frames as there are. */
export type LayerLimit = { readonly maxBitrate: number; readonly maxFramerate?: number }

/**
 * The number of lines stays: hands are read from shape and motion. 100 kbit/s are enough for them at 180
 * lines; below that each frame would blur, so there are fewer. Signs are read at 15 a second, and 75 kbit/s
 * give each of these more bits than 100 give each of 24. It is above what the codec needs for the size (30).
 */
const LIMITS: Readonly<Record<Exclude<LayerAsk, 'WHOLE'>, LayerLimit>> = {
  LEAN: { maxBitrate: 100_000 },
  SPARSE: { maxBitrate: 75_000, maxFramerate: 15 },
}

/** What an ask limits the smallest layer to; null: to nothing. */
export function limitOf(ask: LayerAsk): LayerLimit | null {
  return ask === 'WHOLE' ? null : LIMITS[ask]
}

/** One picture serves all who get it, so that the poorest line decides. */
export function leastOf(asks: readonly LayerAsk[]): LayerAsk {
  const least = Math.max(0, ...asks.map((ask) => LAYER_ASKS.indexOf(ask)))
  return LAYER_ASKS[least] ?? 'WHOLE'
}
