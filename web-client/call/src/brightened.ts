/** The share of a picture's values that may become white. */
const WHITE_FROM = 0.98
/** Below 1 it lifts the shadows more than the light. */
const GAMMA = 0.6
const LEVELS = 256
const MOST = LEVELS - 1

/**
 * The same picture with its light spread over the whole range and its shadows lifted: a face in a dim room, or
 * a dark one before a bright wall, then has features again. Values are 0 to 255, of any channels. Pure.
 */
export function brightened(values: Int32Array): Int32Array {
  const white = Math.max(1, levelBelow(values, WHITE_FROM))
  const levels = Array.from({ length: LEVELS }, (_, level) =>
    Math.round(MOST * Math.min(1, level / white) ** GAMMA),
  )
  return values.map((value) => levels[value] ?? value)
}

function levelBelow(values: Int32Array, share: number): number {
  const counts = new Uint32Array(LEVELS)
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  let left = values.length * share
  return counts.findIndex((count) => (left -= count) <= 0)
}
