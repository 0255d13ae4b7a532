import type { BookingState } from '@visavis/contract/booking-lifecycle'
import { isLiveBooking } from '@visavis/contract/booking-lifecycle'
import { panic } from '@visavis/contract/errors'
import type { Outcome } from '@visavis/contract/visit'
import {
  balanceOf,
  creditFor,
  opened,
  openingEntries,
  paymentFor,
  settlementOf,
} from '../ledger/index.ts'
import type { Account, Allowance, Entry, Payment } from '../ledger/index.ts'
import { endingEvent, isGivenBack, movedState } from './booking-rules.ts'
import { WAITING_MOVES, lineOf, nextInLine, offerMsOf, waitingEventOf } from './waiting-rules.ts'
import type { InLine, WaitingEvent, WaitingState } from './waiting-rules.ts'

/** What the model's one facility decides; milliseconds. */
export type ModelTerms = {
  readonly capacities: readonly number[]
  /** When each slot begins; nobody can be in two that begin at once. */
  readonly startsAtMs: readonly number[]
  readonly inmates: number
  readonly allowance: Allowance
  readonly holdMs: number
  readonly offerMs: number
  readonly freeCancelMs: number
  readonly lengthMs: number
}
export type ModelVisit = {
  readonly visitId: number
  readonly inmate: number
  readonly slot: number
  readonly place: number
  readonly state: BookingState
  readonly expiresAtMs: number | null
}
export type ModelEntry = InLine & {
  readonly inmate: number
  readonly slot: number
  readonly visitId: number | null
}
/** An entry of a ledger, and whose it is. */
export type ModelLine = Entry & {
  readonly unit: 'VISIT' | 'MS'
  readonly inmate: number
  readonly visitId: number | null
}

/** Quota, waiting lines and places of a few slots in memory, out of the rules that the services use. */
export type Model = ReturnType<typeof createModel>

/** A model in which nothing has happened yet. Each command gives the code that its caller would be told. */
export function createModel(terms: ModelTerms) {
  const state: State = { terms, nowMs: 0, visits: [], entries: [], lines: [], isOpened: new Set() }
  return {
    state,
    hold: (inmate: number, slot: number): string => hold(state, { inmate, slot }),
    confirm: (visitId: number): string => confirm(state, visitId),
    /** A hold is released, a booking cancelled. */
    giveUp: (visitId: number): string => giveUp(state, visitId),
    join: (inmate: number, slot: number): string => join(state, { inmate, slot }),
    leave: (waitingId: string): string => leave(state, waitingId),
    /** Freed places of a slot are offered; resolves with whom, in order. */
    offer: (slot: number): number[] => offer(state, slot),
    /** Time goes by, and holds that are over expire. */
    wait: (ms: number): void => wait(state, ms),
    settle: (visitId: number, outcome: Outcome, deliveredMs: number): string =>
      settle(state, { visitId, outcome, deliveredMs }),
    renew: (): void => state.isOpened.clear(),
    account: (inmate: number): Account => opened(accountOf(state, inmate), terms.allowance),
  }
}

type State = {
  readonly terms: ModelTerms
  nowMs: number
  readonly visits: ModelVisit[]
  readonly entries: ModelEntry[]
  readonly lines: ModelLine[]
  readonly isOpened: Set<number>
}
type Ask = { readonly inmate: number; readonly slot: number }

function accountOf({ lines, isOpened }: State, inmate: number): Account {
  const own = lines.filter((line) => line.inmate === inmate)
  const visits = balanceOf(own.filter(({ unit }) => unit === 'VISIT'))
  const creditMs = balanceOf(own.filter(({ unit }) => unit === 'MS'))
  return { visits, creditMs, isOpened: isOpened.has(inmate) }
}

function paymentOf(state: State, inmate: number): Payment | null {
  const { allowance, lengthMs } = state.terms
  return paymentFor(opened(accountOf(state, inmate), allowance), allowance, lengthMs)
}

const liveIn = (state: State, slot: number): ModelVisit[] =>
  state.visits.filter((visit) => visit.slot === slot && isLiveBooking(visit.state))
const startOf = (state: State, slot: number): number => state.terms.startsAtMs[slot] ?? 0
const freeIn = (state: State, slot: number): number =>
  (state.terms.capacities[slot] ?? 0) - liveIn(state, slot).length

/** What eligibility would say, in its order; null: nothing stands in the way but the room there is. */
function obstacle(state: State, { inmate, slot }: Ask): string | null {
  if (paymentOf(state, inmate) === null) return 'QUOTA_USED'
  const isBusy = state.visits.some(
    (visit) =>
      visit.inmate === inmate &&
      isLiveBooking(visit.state) &&
      startOf(state, visit.slot) === startOf(state, slot),
  )
  return isBusy ? 'INMATE_BUSY' : null
}

function hold(state: State, ask: Ask): string {
  const refused = obstacle(state, ask)
  if (refused !== null) return refused
  const line = lineOf(state.entries.filter(({ slot }) => slot === ask.slot))
  if (freeIn(state, ask.slot) <= line.length) return 'NO_PLACE'
  insert(state, ask, state.terms.holdMs)
  return 'HELD'
}

function insert(state: State, { inmate, slot }: Ask, holdMs: number): number {
  const taken = new Set(liveIn(state, slot).map(({ place }) => place))
  let place = 1
  while (taken.has(place)) place += 1
  const visitId = state.visits.length
  const expiresAtMs = state.nowMs + holdMs
  state.visits.push({ visitId, inmate, slot, place, state: 'HELD', expiresAtMs })
  return visitId
}

function confirm(state: State, visitId: number): string {
  const visit = state.visits[visitId]
  if (visit?.state !== 'HELD')
    return visit?.state === 'EXPIRED' ? 'HOLD_LOST' : 'BOOKING_WRONG_STATE'
  const payment = paymentOf(state, visit.inmate)
  if (payment === null) return 'QUOTA_USED'
  openPeriod(state, visit.inmate)
  if (payment === 'QUOTA') addLine(state, visit, { unit: 'VISIT', kind: 'USE', amount: -1 })
  const ms = -state.terms.lengthMs
  if (payment === 'CREDIT') addLine(state, visit, { unit: 'MS', kind: 'USE', amount: ms })
  move(state, visit, 'CONFIRMED')
  return 'CONFIRMED'
}

function openPeriod(state: State, inmate: number): void {
  const entries = openingEntries(accountOf(state, inmate), state.terms.allowance)
  for (const entry of entries) state.lines.push({ ...entry, unit: 'VISIT', inmate, visitId: null })
  state.isOpened.add(inmate)
}

type NewLine = Pick<ModelLine, 'unit' | 'kind' | 'amount'>

/** Once for each visit and kind, as the database has it. */
function addLine(state: State, { visitId, inmate }: ModelVisit, line: NewLine): void {
  const isThere = state.lines.some(
    (known) => known.visitId === visitId && known.kind === line.kind && known.unit === line.unit,
  )
  if (!isThere) state.lines.push({ ...line, inmate, visitId })
}

function refund(state: State, visit: ModelVisit): void {
  const use = state.lines.find(({ visitId, kind }) => visitId === visit.visitId && kind === 'USE')
  if (use) addLine(state, visit, { unit: use.unit, kind: 'REFUND', amount: -use.amount })
}

function move(state: State, visit: ModelVisit, to: BookingState): void {
  state.visits[visit.visitId] = { ...visit, state: to, expiresAtMs: null }
  const event = visit.state === 'HELD' ? waitingEventOf(to) : null
  const entry = state.entries.find(({ visitId }) => visitId === visit.visitId)
  if (entry?.state === 'OFFERED' && event !== null) moveEntry(state, entry, { event })
}

type EntryMove = { readonly event: WaitingEvent; readonly visitId?: number }

function moveEntry(state: State, entry: ModelEntry, { event, visitId }: EntryMove): void {
  const to: WaitingState | undefined = WAITING_MOVES[entry.state][event]
  if (to === undefined) panic(`no ${event} from ${entry.state}`)
  const index = state.entries.findIndex(({ waitingId }) => waitingId === entry.waitingId)
  state.entries[index] = { ...entry, state: to, visitId: visitId ?? entry.visitId }
}

function giveUp(state: State, visitId: number): string {
  const visit = state.visits[visitId]
  const event = visit && endingEvent(visit.state, 'cancel', 'CHANGED_MIND')
  const to = visit && event ? movedState(visit.state, event) : null
  if (!visit || to === null) return 'BOOKING_WRONG_STATE'
  move(state, visit, to)
  if (visit.state === 'CONFIRMED' && isInTime(state, visit.slot)) refund(state, visit)
  return to
}

function isInTime(state: State, slot: number): boolean {
  const { freeCancelMs } = state.terms
  const times = { startsAt: new Date(startOf(state, slot)), now: new Date(state.nowMs) }
  return isGivenBack({ reason: 'CHANGED_MIND', ...times, freeCancelMs })
}

function join(state: State, { inmate, slot }: Ask): string {
  const refused = obstacle(state, { inmate, slot })
  if (refused !== null) return refused
  const isIn = state.entries.some(
    (entry) =>
      entry.inmate === inmate &&
      entry.slot === slot &&
      (entry.state === 'WAITING' || entry.state === 'OFFERED'),
  )
  if (isIn) return 'ALREADY_WAITING'
  const number = BigInt(state.entries.length)
  const waitingId = `waiting-${number}`
  state.entries.push({ waitingId, number, state: 'WAITING', inmate, slot, visitId: null })
  return 'WAITING'
}

function leave(state: State, waitingId: string): string {
  const entry = state.entries.find((known) => known.waitingId === waitingId)
  if (!entry || WAITING_MOVES[entry.state].leave === undefined) return 'ALREADY_DECIDED'
  moveEntry(state, entry, { event: 'leave' })
  if (entry.state === 'OFFERED' && entry.visitId !== null) giveUp(state, entry.visitId)
  return 'LEFT'
}

function offer(state: State, slot: number): number[] {
  const offered: number[] = []
  for (;;) {
    const line = state.entries.filter((entry) => entry.slot === slot)
    const next = nextInLine(line, new Set())
    if (next === null) return offered
    if (obstacle(state, next) !== null) {
      moveEntry(state, next, { event: 'pass' })
      continue
    }
    if (freeIn(state, slot) <= 0) return offered
    const { offerMs } = state.terms
    const startsAt = new Date(startOf(state, slot))
    const times = { offerMs, startsAt, now: new Date(state.nowMs) }
    const visitId = insert(state, next, offerMsOf(times))
    moveEntry(state, next, { event: 'offer', visitId })
    offered.push(next.inmate)
  }
}

function wait(state: State, ms: number): void {
  state.nowMs += ms
  for (const visit of state.visits) {
    const isOver = visit.expiresAtMs !== null && visit.expiresAtMs <= state.nowMs
    if (visit.state === 'HELD' && isOver) move(state, visit, 'EXPIRED')
  }
}

function settle(
  state: State,
  end: { visitId: number; outcome: Outcome; deliveredMs: number },
): string {
  const visit = state.visits[end.visitId]
  if (visit?.state !== 'CONFIRMED' && visit?.state !== 'FULFILLED') return 'BOOKING_WRONG_STATE'
  if (visit.state === 'CONFIRMED') move(state, visit, 'FULFILLED')
  const { lengthMs: bookedMs } = state.terms
  const settlement = settlementOf(end.outcome, { ...end, bookedMs, owedMs: 0 })
  if (settlement.isGivenBack) refund(state, visit)
  const use = state.lines.find(({ visitId, kind }) => visitId === visit.visitId && kind === 'USE')
  const paidBy = use === undefined ? 'NOTHING' : use.unit === 'VISIT' ? 'QUOTA' : 'CREDIT'
  const amount = creditFor(paidBy, settlement)
  if (amount > 0) addLine(state, visit, { unit: 'MS', kind: 'GRANT', amount })
  return 'SETTLED'
}
