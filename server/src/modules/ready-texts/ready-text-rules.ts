import type { Texts } from '@visavis/contract/interventions'

/** A text that officers have at hand, as it is in force at a facility. */
export type ReadyText = {
  readonly readyTextId: string
  readonly kind: 'WARN' | 'TERMINATE'
  readonly texts: Texts
  readonly version: number
  readonly isOurs: boolean
}

/** A facility's row: a text of its own, or its word about one of ours. */
export type ReadyTextRow = Omit<ReadyText, 'isOurs'> & { readonly isRetired: boolean }

/**
 * The texts in force: ours, each as the facility has changed it or not at all, then its own in the order
 * of their making. Pure.
 */
export function textsInForce(
  ours: readonly ReadyText[],
  rows: readonly ReadyTextRow[],
): readonly ReadyText[] {
  const changed = new Map(rows.map((row) => [row.readyTextId, row]))
  const known = new Set(ours.map(({ readyTextId }) => readyTextId))
  const own = rows.filter(({ readyTextId }) => !known.has(readyTextId))
  return [
    ...ours.flatMap((text) => inForce(changed.get(text.readyTextId)) ?? [text]),
    ...own.flatMap((row) => inForce(row) ?? []),
  ]
}

/** Undefined: the facility has said nothing about it; none: it is retired. */
function inForce(row: ReadyTextRow | undefined): readonly ReadyText[] | undefined {
  if (!row) return undefined
  const { isRetired, ...text } = row
  return isRetired ? [] : [{ ...text, isOurs: false }]
}
