/** How many messages may come at once, and how many a second for long. */
export type MessageRate = { readonly burst: number; readonly perSecond: number }

/** What one sender may still send; grows again by itself. */
export type Allowance = { readonly left: number; readonly atMs: number }

/**
 * Takes one message from an allowance; pure. `waitMs` 0: it may be answered; else it comes too soon, costs
 * nothing, and the next one may come after that time. `before` null: the sender was not heard lately.
 */
export function takeOne(
  before: Allowance | null,
  { burst, perSecond }: MessageRate,
  nowMs: number,
): { readonly after: Allowance; readonly waitMs: number } {
  const { left, atMs } = before ?? { left: burst, atMs: nowMs }
  const grown = (Math.max(0, nowMs - atMs) / 1_000) * perSecond
  const now = Math.min(burst, left + grown)
  if (now >= 1) return { after: { left: now - 1, atMs: nowMs }, waitMs: 0 }
  const waitMs = Math.ceil(((1 - now) / perSecond) * 1_000)
  return { after: { left: now, atMs: nowMs }, waitMs }
}

/** Allowances of many senders, by a key; those that are whole again are forgotten. */
export type Allowances = {
  /** 0, or in how many milliseconds the sender may send again. */
  readonly take: (key: string) => number
  readonly size: () => number
}

/** More senders than these are looked through for whole allowances. */
const LOOK_THROUGH_AT = 1_000

export function createAllowances(rate: MessageRate, nowMs: () => number): Allowances {
  const known = new Map<string, Allowance>()
  const wholeAfterMs = (rate.burst / rate.perSecond) * 1_000
  const forgetWhole = (): void => {
    const oldest = nowMs() - wholeAfterMs
    for (const [key, { atMs }] of known) if (atMs <= oldest) known.delete(key)
  }
  return {
    size: () => known.size,
    take(key) {
      if (known.size >= LOOK_THROUGH_AT && !known.has(key)) forgetWhole()
      const { after, waitMs } = takeOne(known.get(key) ?? null, rate, nowMs())
      known.set(key, after)
      return waitMs
    },
  }
}
