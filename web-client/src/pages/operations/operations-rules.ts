import type { PartState } from '@visavis/contract/http'

/** What one part says of itself, as far as the order of the page goes by it. */
type Stated = { readonly state: PartState }

const URGENCY: Readonly<Record<PartState, number>> = { BAD: 0, WARN: 1, OK: 2, OFF: 2 }

/** What somebody must do something about, the worst first; pure. */
export function troublesOf<Part extends Stated>(parts: readonly Part[]): readonly Part[] {
  return parts
    .filter(({ state }) => state === 'BAD' || state === 'WARN')
    .toSorted((a, b) => URGENCY[a.state] - URGENCY[b.state])
}

/** What is well or not in use, in its own order; pure. */
export function restOf<Part extends Stated>(parts: readonly Part[]): readonly Part[] {
  return parts.filter(({ state }) => state === 'OK' || state === 'OFF')
}
