import type { FlowStretch } from '@visavis/contract/receipt'

/** What was seen of a room at one look. */
export type Seen = Pick<FlowStretch, 'isFlowing' | 'seats'>

/** A node that stood still saw nothing: what it finds then says nothing of more than this. */
const LONGEST_STEP_MS = 2_000
/** Older stretches than these were told long ago. */
const MOST_STRETCHES = 1_000

/** Milliseconds: of a clock that is never set, and of the world's when the log began. */
export type LogClock = { readonly monotonicMs: () => number; readonly startedAtMs: number }

/**
 * LV-5, LV-6: what a room's media did, as stretches of time in which one and the same was seen. Time
 * that was not looked at is a hole.
 */
export class FlowLog {
  readonly #clock: LogClock
  readonly #originMs: number
  #stretches: FlowStretch[] = []
  /** The stretches from here on have changed since they were last taken. */
  #toldUpTo = 0
  /** Since when nothing was looked at; null while nothing counts. */
  #sinceMs: number | null = null
  #last: Seen | null = null
  #flowingMs = 0

  constructor(clock: LogClock) {
    this.#clock = clock
    this.#originMs = clock.monotonicMs()
  }

  /** Milliseconds that flowed both ways so far. */
  get flowingMs(): number {
    return Math.round(this.#flowingMs)
  }

  /** Whether the last look saw media flow both ways. */
  get isFlowing(): boolean {
    return this.#sinceMs !== null && (this.#last?.isFlowing ?? false)
  }

  /** From now on time counts. */
  begin(): void {
    this.#sinceMs = this.#clock.monotonicMs()
    this.#last = null
  }

  /** Since the last look, this was so. */
  see(seen: Seen): void {
    this.#last = seen
    this.#add(seen)
  }

  /** Something changes now; up to here it was as last seen. */
  cut(): void {
    if (this.#last) this.#add(this.#last)
  }

  /** Time counts no more; up to now it was as last seen. */
  end(): void {
    this.cut()
    this.#sinceMs = null
    this.#last = null
  }

  all(): readonly FlowStretch[] {
    return this.#stretches
  }

  /** What is new since this was last asked; a stretch that has grown comes again, whole. */
  takeNew(): FlowStretch[] {
    const fresh = this.#stretches.slice(this.#toldUpTo)
    this.#toldUpTo = Math.max(0, this.#stretches.length - 1)
    return fresh
  }

  #add(seen: Seen): void {
    const nowMs = this.#clock.monotonicMs()
    if (this.#sinceMs === null) return
    const fromMs = Math.max(this.#sinceMs, nowMs - LONGEST_STEP_MS)
    const hasHole = fromMs > this.#sinceMs
    this.#sinceMs = nowMs
    if (nowMs <= fromMs) return
    if (seen.isFlowing) this.#flowingMs += nowMs - fromMs
    this.#append({ ...seen, ...this.#span(fromMs, nowMs) }, hasHole)
  }

  /** Both ends are rounded alike, so that stretches which touch still do. */
  #span(fromMs: number, toMs: number): Pick<FlowStretch, 'fromMs' | 'ms'> {
    const wall = (ms: number) => Math.round(this.#clock.startedAtMs + ms - this.#originMs)
    return { fromMs: wall(fromMs), ms: wall(toMs) - wall(fromMs) }
  }

  #append(stretch: FlowStretch, hasHole: boolean): void {
    const last = this.#stretches.at(-1)
    const touches = last !== undefined && last.fromMs + last.ms === stretch.fromMs && !hasHole
    if (touches && isAlike(last, stretch)) {
      this.#stretches[this.#stretches.length - 1] = { ...last, ms: last.ms + stretch.ms }
      return
    }
    this.#stretches.push(stretch)
    if (this.#stretches.length <= MOST_STRETCHES) return
    this.#stretches.shift()
    this.#toldUpTo = Math.max(0, this.#toldUpTo - 1)
  }
}

function isAlike(a: Seen, b: Seen): boolean {
  const seats = Object.keys(a.seats)
  return (
    a.isFlowing === b.isFlowing &&
    seats.length === Object.keys(b.seats).length &&
    seats.every((seatId) => a.seats[seatId] === b.seats[seatId])
  )
}
