import type { BLACKOUT_SCOPES } from '@visavis/contract/http'

/** How far a blackout reaches. */
export type BlackoutScope = (typeof BLACKOUT_SCOPES)[number]

/** A blackout that was not lifted, as far as it can close slots. */
export type BlackoutStretch = {
  readonly scope: BlackoutScope
  readonly wing: string | null
  readonly startsAt: Date
  readonly endsAt: Date
}

type SlotStretch = {
  readonly startsAt: Date
  readonly endsAt: Date
  /** Wings whose inmates it is for; empty: all. */
  readonly wings: readonly string[]
}

/**
 * Whether nobody can come to a slot any more: the facility or its estate is closed, or every wing that
 * the slot is for. A closed terminal or link centre only makes fewer places.
 */
export function isBlackedOut(
  slot: SlotStretch,
  blackouts: readonly BlackoutStretch[],
  allWings: readonly string[],
): boolean {
  const over = blackouts.filter((one) => one.startsAt < slot.endsAt && one.endsAt > slot.startsAt)
  if (over.some(({ scope }) => scope === 'ESTATE' || scope === 'FACILITY')) return true
  const closed = new Set(over.filter(({ scope }) => scope === 'WING').map(({ wing }) => wing))
  const wings = slot.wings.length > 0 ? slot.wings : allWings
  return wings.length > 0 && wings.every((wing) => closed.has(wing))
}
