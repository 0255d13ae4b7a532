import type { Chance } from '../seeded.ts'

/** One direction of a person's line: what it loses, and how much it carries. */

export type LineConditions = {
  /** Share of the packets that are lost, 0–1, each by chance. */
  readonly lossShare: number
  /** What it carries, in kbit/s; null: whatever comes. */
  readonly kbps: number | null
  /** Nothing comes through, and nobody is told: a lift, a tunnel, a dead radio. */
  readonly isDark: boolean
}

/** A line that one does not notice. */
export const GOOD_LINE: LineConditions = { lossShare: 0, kbps: null, isDark: false }

/** A router at home holds back about so much before it drops the rest. */
const LONGEST_QUEUE_MS = 250
/** Address and header of UDP over IPv4, which take their part of the rate. */
const HEADER_BYTES = 28
const BITS_A_BYTE = 8

export type LineOptions = {
  /** In ms, only ever compared with itself. */
  readonly now: () => number
  /** Decides what is lost. */
  readonly chance: Chance
}

type Waiting = { readonly dueMs: number; readonly deliver: () => void }

/** Carries packets in order, as far as the conditions let them through. */
export class Line {
  #conditions: LineConditions = GOOD_LINE
  readonly #now: () => number
  readonly #chance: Chance
  readonly #queue: Waiting[] = []
  /** When the last packet taken will have left. */
  #freeAtMs = 0
  #timer: NodeJS.Timeout | undefined

  constructor({ now, chance }: LineOptions) {
    this.#now = now
    this.#chance = chance
  }

  /** Holds from the next packet on; those on their way arrive. */
  become(conditions: LineConditions): void {
    this.#conditions = conditions
  }

  /** Calls `deliver` once the packet has arrived: at once, later, or never. */
  carry(bytes: number, deliver: () => void): void {
    const { lossShare, kbps, isDark } = this.#conditions
    if (isDark || this.#chance.is(lossShare)) return
    const now = this.#now()
    const sendingMs = kbps === null ? 0 : ((bytes + HEADER_BYTES) * BITS_A_BYTE) / kbps
    const dueMs = Math.max(now, this.#freeAtMs) + sendingMs
    if (dueMs - now > LONGEST_QUEUE_MS) return
    this.#freeAtMs = dueMs
    if (dueMs <= now && this.#queue.length === 0) deliver()
    else this.#keep({ dueMs, deliver })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#queue.length = 0
  }

  #keep(waiting: Waiting): void {
    this.#queue.push(waiting)
    if (this.#queue.length === 1) this.#wait()
  }

  #wait(): void {
    const [next] = this.#queue
    if (!next) return
    const waitMs = Math.max(0, next.dueMs - this.#now())
    this.#timer = setTimeout(() => this.#deliverDue(), waitMs)
  }

  #deliverDue(): void {
    while (this.#queue[0] && this.#queue[0].dueMs <= this.#now()) this.#queue.shift()?.deliver()
    this.#wait()
  }
}
