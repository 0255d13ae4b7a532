/** A playback that somebody opened. */
export type OpenedAt = { readonly visitId: string; readonly createdAt: Date }

/** What somebody may still open: visits within an hour, each counted once. */
export type ReadingBudget = {
  /** With the visit that is asked for. */
  readonly used: number
  readonly of: number
  readonly isAllowed: boolean
  /** When the next place is free; null: there is one. */
  readonly liftsAt: Date | null
  /** This visit is one more, and with it much of the budget is used. */
  readonly isAlarming: boolean
}

/** The stretch that a budget is for. */
export const BUDGET_MS = 60 * 60_000
/** From this share on, whoever answers for the facility is told. */
const ALARM_SHARE = 0.8

/** Whether one more visit may be opened now (RC-5); one that was opened within the hour costs nothing. */
export function budgetFor(
  opened: readonly OpenedAt[],
  asked: { readonly visitId: string; readonly now: Date; readonly of: number },
): ReadingBudget {
  const { visitId, now, of } = asked
  const last = lastByVisit(opened.filter(({ createdAt }) => isWithin(createdAt, now)))
  if (last.has(visitId)) {
    return { used: last.size, of, isAllowed: true, liftsAt: null, isAlarming: false }
  }
  if (last.size >= of) {
    // With a budget that was lowered meanwhile, several have to become old first.
    const freed = [...last.values()].toSorted((a, b) => a - b)[last.size - of] ?? now.getTime()
    const liftsAt = new Date(freed + BUDGET_MS)
    return { used: last.size, of, isAllowed: false, liftsAt, isAlarming: true }
  }
  const used = last.size + 1
  return { used, of, isAllowed: true, liftsAt: null, isAlarming: used >= of * ALARM_SHARE }
}

function isWithin(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < BUDGET_MS
}

function lastByVisit(opened: readonly OpenedAt[]): Map<string, number> {
  const last = new Map<string, number>()
  for (const { visitId, createdAt } of opened) {
    last.set(visitId, Math.max(last.get(visitId) ?? 0, createdAt.getTime()))
  }
  return last
}
