/** Choices that look random and are the same for the same seed. */
export type Chance = {
  /** A whole number from 0 up to, not including, the limit. */
  readonly below: (limit: number) => number
  /** True in this share (0 to 1) of all cases. */
  readonly is: (share: number) => boolean
  /** One of the list; null if it is empty. */
  readonly pick: <Item>(list: readonly Item[]) => Item | null
}

const WORD = 2 ** 32

/** Mulberry32: small, fast, and even enough for tests. */
export function seeded(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / WORD
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    is: (share) => next() < share,
    pick: (list) => list[below(list.length)] ?? null,
  }
}

/** A seed that nobody has chosen; print it. */
export function anySeed(): number {
  return Math.floor(Math.random() * WORD)
}
