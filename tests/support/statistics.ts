/** The value below which that share (0–1) of the values lies, by the nearest-rank method; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  const rank = Math.ceil(share * sorted.length)
  return sorted[Math.max(rank, 1) - 1] ?? Number.NaN
}

/** The middle value; of an even number of values the lower of the two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Rounded for people: two digits after the point below ten, one below a hundred, none above. */
export function readable(value: number): number {
  const size = Math.abs(value)
  const digits = size < 10 ? 2 : size < 100 ? 1 : 0
  return Number(value.toFixed(digits))
}

/** How much `y` grows for each `x`, by the straight line that fits best; NaN of fewer than two points. */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (pick: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)]
  const covariance = mean(({ x, y }) => (x - meanX) * (y - meanY))
  return covariance / mean(({ x }) => (x - meanX) ** 2)
}
