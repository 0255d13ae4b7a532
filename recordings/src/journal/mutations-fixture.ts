import { createHash } from 'node:crypto'

/** Damage done to evidence, each sort by its name; what it did is said, so that a failure can be done again. */

/** Numbers that look random and are the same for the same number of a mutation. */
export type Dice = {
  readonly below: (limit: number) => number
  readonly bytes: (count: number) => Buffer
}

export function diceOf(number: number): Dice {
  let state = createHash('sha256').update(`mutation ${number}`).digest()
  let at = 0
  const next = (): number => {
    if (at + 6 > state.length) {
      state = createHash('sha256').update(state).digest()
      at = 0
    }
    at += 6
    return state.readUIntBE(at - 6, 6)
  }
  return {
    below: (limit) => next() % Math.max(1, limit),
    bytes: (count) =>
      createHash('shake256', { outputLength: count }).update(String(next())).digest(),
  }
}

export type Mutated = { readonly bytes: Buffer; readonly what: string }
type Mutate = (bytes: Buffer, dice: Dice, units: readonly Unit[]) => Mutated

/** A chunk or frame: where it begins, and its length. */
export type Unit = { readonly at: number; readonly bytes: number }

const cutOut = (bytes: Buffer, { at, bytes: length }: Unit): Buffer =>
  Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])

const putIn = (bytes: Buffer, at: number, more: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])

const partOf = (bytes: Buffer, { at, bytes: length }: Unit): Buffer =>
  bytes.subarray(at, at + length)

const unitOf = (units: readonly Unit[], dice: Dice): Unit =>
  units[dice.below(units.length)] ?? { at: 0, bytes: 0 }

/** All of the file in another order of its units; what lies between and around them stays. */
function arranged(bytes: Buffer, units: readonly Unit[], order: readonly number[]): Buffer {
  const first = units[0]?.at ?? 0
  const last = units.at(-1)
  const end = last ? last.at + last.bytes : first
  const parts = order.map((number) => partOf(bytes, units[number] ?? { at: 0, bytes: 0 }))
  return Buffer.concat([bytes.subarray(0, first), ...parts, bytes.subarray(end)])
}

export const BYTE_MUTATIONS: Readonly<Record<string, Mutate>> = {
  flipBit(bytes, dice) {
    const changed = Buffer.from(bytes)
    const at = dice.below(bytes.length)
    const bit = dice.below(8)
    changed[at] = (changed[at] ?? 0) ^ (1 << bit)
    return { bytes: changed, what: `bit ${bit} of byte ${at}` }
  },
  overwrite(bytes, dice) {
    const changed = Buffer.from(bytes)
    const at = dice.below(bytes.length)
    const data = dice.bytes(1 + dice.below(64))
    data.copy(changed, at)
    return { bytes: changed, what: `${data.length} bytes at ${at}` }
  },
  drop(bytes, dice) {
    const unit = { at: dice.below(bytes.length), bytes: 1 + dice.below(5_000) }
    return { bytes: cutOut(bytes, unit), what: `${unit.bytes} bytes at ${unit.at}` }
  },
  insert(bytes, dice) {
    const at = dice.below(bytes.length + 1)
    const data = dice.bytes(1 + dice.below(5_000))
    return { bytes: putIn(bytes, at, data), what: `${data.length} bytes at ${at}` }
  },
  truncate(bytes, dice) {
    const length = dice.below(bytes.length)
    return { bytes: bytes.subarray(0, length), what: `to ${length}` }
  },
  swapStretches(bytes, dice) {
    const length = 1 + dice.below(1_000)
    const one = dice.below(bytes.length - 2 * length)
    const other = one + length + dice.below(bytes.length - one - 2 * length)
    const changed = Buffer.from(bytes)
    changed.set(bytes.subarray(one, one + length), other)
    changed.set(bytes.subarray(other, other + length), one)
    return { bytes: changed, what: `${length} bytes at ${one} and ${other}` }
  },
  zero(bytes, dice) {
    const at = dice.below(bytes.length)
    const length = 1 + dice.below(4_096)
    return {
      bytes: Buffer.from(bytes).fill(0, at, Math.min(bytes.length, at + length)),
      what: `${length} bytes at ${at}`,
    }
  },
}

export const UNIT_MUTATIONS: Readonly<Record<string, Mutate>> = {
  dropUnit(bytes, dice, units) {
    const unit = unitOf(units, dice)
    return { bytes: cutOut(bytes, unit), what: `the unit at ${unit.at}` }
  },
  repeatUnit(bytes, dice, units) {
    const unit = unitOf(units, dice)
    const at = unitOf(units, dice).at
    return {
      bytes: putIn(bytes, at, partOf(bytes, unit)),
      what: `the unit at ${unit.at} also at ${at}`,
    }
  },
  cutAtUnit(bytes, dice, units) {
    const { at } = unitOf(units, dice)
    return { bytes: bytes.subarray(0, at), what: `at ${at}` }
  },
  swapUnits(bytes, dice, units) {
    const one = dice.below(units.length)
    const other = dice.below(units.length)
    const order = units.map((_, at) => (at === one ? other : at === other ? one : at))
    return { bytes: arranged(bytes, units, order), what: `units ${one} and ${other}` }
  },
  reorderUnits(bytes, dice, units) {
    const ranks = units.map(() => dice.below(1_000_000))
    const order = units
      .map((_, at) => at)
      .sort((one, other) => (ranks[one] ?? 0) - (ranks[other] ?? 0))
    return { bytes: arranged(bytes, units, order), what: `to ${order.join(' ')}` }
  },
}
