/**
 * Turns a counter that wraps at 2^bits into one that only grows: each value is placed nearest to the
 * highest so far, so order and repetition do not matter while neighbours are less than half the range
 * apart. Starts one range up, so that a packet late by a wrap is still positive.
 */
export function createUnwrapper(bits: 16 | 32): (value: number) => number {
  const range = 2 ** bits
  let highest: number | null = null
  return (value) => {
    highest ??= range + value
    let step = (value - highest) % range
    if (step < 0) step += range
    if (step >= range / 2) step -= range
    const unwrapped = highest + step
    highest = Math.max(highest, unwrapped)
    return unwrapped
  }
}
