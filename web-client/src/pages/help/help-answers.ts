import type { HelpAnswer } from '@visavis/contract/help-kinds'

/** The contract's answers in the order of the buttons; an object, so that the compiler misses none. */
const ANSWERS: Readonly<Record<HelpAnswer, true>> = {
  SEEN: true,
  COMING: true,
  REJOIN: true,
  CALL_OFFICE: true,
}

/** What can be answered to a person: nobody comes to somebody at home. */
export function answersFor({ canCome }: { readonly canCome: boolean }): readonly HelpAnswer[] {
  const all = Object.keys(ANSWERS) as readonly HelpAnswer[]
  return canCome ? all : all.filter((answer) => answer !== 'COMING')
}

/** The calls that an alarm is for: nobody has answered them. */
export function unansweredOf(
  calls: readonly { readonly seatId: string; readonly answer: HelpAnswer | null }[],
): ReadonlySet<string> {
  return new Set(calls.filter(({ answer }) => answer === null).map(({ seatId }) => seatId))
}

/** Whether somebody calls who did not call before; one who still waits is heard once. */
export function isNewCall(before: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  return [...now].some((seatId) => !before.has(seatId))
}
