/** BK-13. Where the visits of a broken terminal go. Instants are milliseconds, stretches half-open. */

/** A stretch of time on a terminal, turnaround included. */
export type Stretch = { readonly fromMs: number; readonly toMs: number }

/** A visit that has lost its terminal; `terminalIds` are those it may be brought to, the best first. */
export type MovedVisit = Stretch & {
  readonly visitId: string
  readonly terminalIds: readonly string[]
}

/** What is taken already, by terminal. */
export type TakenStretches = ReadonlyMap<string, readonly Stretch[]>

/** A terminal for each visit that can have one, and the visits for which there is none. */
export type Plan = {
  readonly moves: readonly { readonly visitId: string; readonly terminalId: string }[]
  readonly stranded: readonly string[]
}

/** Candidates beyond which a perfect plan is no longer searched for: the search is exponential at worst. */
const MAX_STEPS = 20_000

/**
 * Places every visit if that is possible at all, else as many as greedily fit. Visits are tried in the
 * order of their start, each on its best terminals first, taking back earlier choices where one is in
 * the way; the result depends on nothing but the input.
 */
export function replan(visits: readonly MovedVisit[], taken: TakenStretches): Plan {
  const inOrder = visits.toSorted((a, b) => a.fromMs - b.fromMs || compare(a.visitId, b.visitId))
  const perfect = placeAll(inOrder, taken)
  if (perfect) return planOf(inOrder, perfect)
  return planOf(inOrder, placeGreedily(inOrder, taken))
}

type Chosen = Map<string, string>

function placeAll(visits: readonly MovedVisit[], taken: TakenStretches): Chosen | null {
  const chosen: Chosen = new Map()
  let steps = 0
  const placeFrom = (index: number): boolean => {
    const visit = visits[index]
    if (!visit) return true
    for (const terminalId of visit.terminalIds) {
      steps += 1
      if (steps > MAX_STEPS) return false
      if (!isFree({ visit, terminalId }, { visits, chosen, taken })) continue
      chosen.set(visit.visitId, terminalId)
      if (placeFrom(index + 1)) return true
      chosen.delete(visit.visitId)
    }
    return false
  }
  return placeFrom(0) ? chosen : null
}

function placeGreedily(visits: readonly MovedVisit[], taken: TakenStretches): Chosen {
  const chosen: Chosen = new Map()
  for (const visit of visits) {
    const terminalId = visit.terminalIds.find((one) =>
      isFree({ visit, terminalId: one }, { visits, chosen, taken }),
    )
    if (terminalId !== undefined) chosen.set(visit.visitId, terminalId)
  }
  return chosen
}

function isFree(
  { visit, terminalId }: { visit: MovedVisit; terminalId: string },
  given: { visits: readonly MovedVisit[]; chosen: Chosen; taken: TakenStretches },
): boolean {
  if (given.taken.get(terminalId)?.some((one) => doOverlap(one, visit))) return false
  return !given.visits.some(
    (other) => given.chosen.get(other.visitId) === terminalId && doOverlap(other, visit),
  )
}

/** Whether two half-open stretches share an instant. */
export function doOverlap(one: Stretch, other: Stretch): boolean {
  return one.fromMs < other.toMs && other.fromMs < one.toMs
}

function planOf(visits: readonly MovedVisit[], chosen: Chosen): Plan {
  return {
    moves: visits.flatMap(({ visitId }) => {
      const terminalId = chosen.get(visitId)
      return terminalId === undefined ? [] : [{ visitId, terminalId }]
    }),
    stranded: visits.flatMap(({ visitId }) => (chosen.has(visitId) ? [] : [visitId])),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
