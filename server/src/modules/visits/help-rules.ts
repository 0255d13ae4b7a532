import { Refusal } from '@visavis/contract/errors'
import type { HelpFigures } from '@visavis/contract/help'
import type { HelpAnswer, HelpNeed } from '@visavis/contract/help-kinds'
import type { Decide } from './session-rules.ts'
import { seatOf } from './visit-record.ts'
import type { SeatRecord } from './visit-record.ts'

/** The newest call for help of a seat (OV-9), as stored. */
export type HelpCall = {
  /** Null: taken back. */
  readonly need: HelpNeed | null
  /** Since when somebody is called, whatever the need has become meanwhile. */
  readonly calledAt: Date
  /** When the person last called, or changed what for. */
  readonly toldAt: Date
  readonly figures: HelpFigures | null
  readonly answer: HelpAnswer | null
  readonly answeredAt: Date | null
}

/** What a person says with the button. */
export type HelpWish = { readonly need: HelpNeed | null; readonly figures: HelpFigures | null }

/** Bounds what one person can make an officer's wall and the timeline do; short enough for a second try. */
export const HELP_PAUSE_MS = 10_000

/** Somebody in a seat calls for help, says it is something else, or takes the call back. */
export function callHelp(seatId: string, { need, figures }: HelpWish): Decide {
  return ({ visit, now }) => {
    const seat = requireSeat(seatOf(visit, seatId), visit.session.state === 'ENDED')
    const { help } = seat
    if ((help?.need ?? null) === need && (need === null || help?.answer === null)) return []
    if (need !== null) requirePause(help, now)
    return [{ kind: 'help', seatId, need, figures: need === null ? null : figures }]
  }
}

/** An officer, or the host at a link centre, answers; the newest answer counts. */
export function answerHelp(seatId: string, answer: HelpAnswer): Decide {
  return ({ visit }) => {
    if (visit.session.state === 'ENDED') throw new Refusal('VISIT_ENDED')
    const seat = seatOf(visit, seatId)
    if (!seat) throw new Refusal('SEAT_NOT_FOUND')
    if (!seat.help?.need) throw new Refusal('HELP_NOT_CALLED')
    return seat.help.answer === answer ? [] : [{ kind: 'helpAnswer', seatId, answer }]
  }
}

/** What is stored of a call after its caller spoke. */
export function calledHelp(before: HelpCall | null, wish: HelpWish, now: Date): HelpCall {
  const { need, figures } = wish
  const isWaiting = before !== null && before.need !== null && before.answer === null
  const calledAt = isWaiting ? before.calledAt : now
  return { need, figures, calledAt, toldAt: now, answer: null, answeredAt: null }
}

/** Whether somebody in this seat waits for an answer. */
export function isCallingHelp({ help }: Pick<SeatRecord, 'help'>): boolean {
  return help !== null && help.need !== null && help.answer === null
}

function requireSeat(seat: SeatRecord | undefined, isEnded: boolean): SeatRecord {
  if (isEnded) throw new Refusal('VISIT_ENDED')
  if (!seat || seat.state === 'REFUSED' || seat.state === 'REMOVED') {
    throw new Refusal('SEAT_REFUSED')
  }
  return seat
}

function requirePause(help: HelpCall | null, now: Date): void {
  if (help === null) return
  const liftsAt = new Date(help.toldAt.getTime() + HELP_PAUSE_MS)
  if (now < liftsAt) throw new Refusal('TOO_MANY_REQUESTS', { liftsAt: liftsAt.toISOString() })
}
