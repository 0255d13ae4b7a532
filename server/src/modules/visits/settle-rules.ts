import { panic } from '@visavis/contract/errors'
import type { Party } from '@visavis/contract/media-graph'
import { PRESENT_STATES } from '@visavis/contract/seat-lifecycle'
import type { SeatAction, SeatState } from '@visavis/contract/seat-lifecycle'
import type { SessionAction, SessionState } from '@visavis/contract/session-lifecycle'
import { coverageStep } from './coverage-rules.ts'
import { interventionStep } from './intervention-rules.ts'
import { mayBeginFor, recorderStep } from './recorder-rules.ts'
import { isReachable, linkOf } from './seat-link.ts'
import type { Situation } from './session-rules.ts'
import { noShowOf, outcomeByTime } from './visit-outcome.ts'
import { cameraOf, isCleared } from './camera-rules.ts'
import { bookedMsOf, isGathering, isLetIn, isUnderWay, personsOf } from './visit-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'
import { ADULT_GRACE_MS, adultMissingSince, hasAdmittedAdult } from './adult-rules.ts'
import { applyStep } from './visit-step.ts'
import type { BarStep, EndStep, SeatStep, SessionStep, VisitStep } from './visit-step.ts'

/** An admitted person who is gone longer than this is checked anew (LV-8). */
export const ADMISSION_KEPT_MS = 10 * 60_000

/** No situation needs nearly as many steps; more would be two rules that undo each other. */
const MOST_STEPS = 64

/**
 * Everything that follows by itself from who is there and what time it is, one step after another until
 * nothing more follows (LV-1, LV-3, LV-8). Pure: the same situation gives the same steps.
 */
export function settle(situation: Situation): readonly VisitStep[] {
  const steps: VisitStep[] = []
  let visit = situation.visit
  for (let step = nextStep(situation); step; step = nextStep({ ...situation, visit })) {
    if (steps.push(step) > MOST_STEPS) panic(`visit ${visit.visitId} does not settle`)
    visit = applyStep(visit, step, situation.now)
  }
  return steps
}

function nextStep(situation: Situation): VisitStep | null {
  const { state } = situation.visit.session
  if (state === 'ENDED') return null
  return (
    endStep(situation) ??
    openStep(situation) ??
    firstSeatStep(situation) ??
    noShowStep(situation) ??
    barStep(situation) ??
    (isGathering(state) ? gatheringStep(situation) : null) ??
    underWayStep(situation)
  )
}

function underWayStep(situation: Situation): VisitStep | null {
  return (
    reachStep(situation) ??
    (isUnderWay(situation.visit.session.state) ? recorderStep(situation, true) : null) ??
    coverageStep(situation) ??
    interventionStep(situation)
  )
}

function endStep(situation: Situation): VisitStep | null {
  const { visit, deliveredMs, now } = situation
  const isOver = now >= visit.endsAt || deliveredMs >= bookedMsOf(visit)
  const outcome = isOver ? outcomeByTime(situation) : null
  if (outcome) return { kind: 'end', outcome, endedBy: 'clock', endReason: null }
  const visitors = personsOf(visit, 'VISITOR')
  const isDenied = visitors.length > 0 && visitors.every(isTurnedAway)
  if (!isDenied || isUnderWay(visit.session.state)) return null
  return { kind: 'end', outcome: 'VISITOR_DENIED', endedBy: 'clock', endReason: null }
}

function isTurnedAway({ state }: SeatRecord): boolean {
  return state === 'REFUSED' || state === 'REMOVED'
}

/** Comes after the seats' own steps: whoever arrives this very moment is there. */
function noShowStep(situation: Situation): EndStep | null {
  const outcome = noShowOf(situation)
  if (outcome === null || isUnderWay(situation.visit.session.state)) return null
  return { kind: 'end', outcome, endedBy: 'clock', endReason: null }
}

function openStep({ visit, links }: Situation): SessionStep | null {
  const isFirstHere = visit.seats.some((seat) => linkOf(links, seat.seatId).kind === 'CONNECTED')
  return visit.session.state === 'SCHEDULED' && isFirstHere
    ? { kind: 'session', action: 'open' }
    : null
}

const FLOWING: readonly SessionState[] = ['LIVE', 'RECONNECTING', 'MISSING_MONITOR']

/** EL-4, EL-6, LV-3: what is barred pauses, what is cleared goes on. */
function barStep(situation: Situation): BarStep | SessionStep | null {
  const { state, pauseReason } = situation.visit.session
  if (pauseReason !== null && FLOWING.includes(state)) return { kind: 'session', action: 'pause' }
  const bar = adultStep(situation) ?? admissionStep(situation)
  if (bar) return bar
  return pauseReason === null && state === 'PAUSED' ? { kind: 'session', action: 'resume' } : null
}

/** LV-3: while one side is there and nobody of it may be seen, it is staff whom the visit waits for. */
function admissionStep(situation: Situation): BarStep | null {
  const { state, pauseReason } = situation.visit.session
  const isHeld =
    isUnderWay(state) && (isHeldAtDoor('VISITOR', situation) || isHeldAtDoor('INMATE', situation))
  if (pauseReason === 'ADMISSION') return isHeld ? null : { kind: 'bar', reason: null }
  return pauseReason === null && isHeld ? { kind: 'bar', reason: 'ADMISSION' } : null
}

function isHeldAtDoor(party: Party, situation: Situation): boolean {
  const { visit, links } = situation
  if (isThere(party, situation)) return false
  return personsOf(visit, party).some(
    (seat) =>
      PRESENT_STATES.includes(seat.state) &&
      isReachable(linkOf(links, seat.seatId)) &&
      !isCleared(visit, seat),
  )
}

function adultStep(situation: Situation): BarStep | null {
  const { pauseReason } = situation.visit.session
  const since = adultMissingSince(situation)
  if (pauseReason === 'ADULT_MISSING') return since === null ? { kind: 'bar', reason: null } : null
  if (pauseReason !== null || since === null) return null
  const isOver = situation.now.getTime() - since.getTime() >= ADULT_GRACE_MS
  return isOver ? { kind: 'bar', reason: 'ADULT_MISSING' } : null
}

function firstSeatStep(situation: Situation): SeatStep | null {
  for (const seat of situation.visit.seats) {
    const action = SEAT_RULES[seat.state](seat, situation)
    if (action) return { kind: 'seat', seatId: seat.seatId, action, ...sponsorOf(seat, action) }
  }
  return null
}

/** Who vouched: the host, for whom they saw; of an inmate the sign-in says it, and that is nobody. */
function sponsorOf({ checkedInBy }: SeatRecord, action: SeatAction): { by?: string } {
  return action === 'vouch' && checkedInBy !== null ? { by: checkedInBy } : {}
}

type SeatRule = (seat: SeatRecord, situation: Situation) => SeatAction | null

/** What follows for a seat from its link, by the state it is in. */
const SEAT_RULES: Readonly<Record<SeatState, SeatRule>> = {
  NOT_ARRIVED: (seat, situation) => (isHere(seat, situation) ? 'arrive' : null),
  WAITING: (seat, situation) =>
    dropIfGone(seat, situation) ?? (isVouchedFor(seat, situation) ? 'vouch' : null),
  CHECKING: dropIfGone,
  ADMITTED: (seat, situation) =>
    dropIfGone(seat, situation) ?? (mayEnter(seat, situation) ? 'enter' : null),
  IN: dropIfGone,
  DISCONNECTED: (seat, situation) => {
    if (isHere(seat, situation)) return 'comeBack'
    return isForgotten(seat, situation) ? 'expire' : null
  },
  REFUSED: () => null,
  REMOVED: () => null,
}

/** A PIN on an enrolled terminal in a booked window says who it is (TR-5), and so does the host in the room. */
function isVouchedFor(seat: SeatRecord, { roomDevices }: Situation): boolean {
  // An officer who wants to see somebody again takes nobody's word for it.
  if (seat.putBackReason !== null) return false
  if (seat.party === 'INMATE') return true
  return seat.checkedInBy !== null && (roomDevices?.has(cameraOf(seat)) ?? false)
}

function mayEnter(seat: SeatRecord, { visit }: Situation): boolean {
  return isUnderWay(visit.session.state) && isCleared(visit, seat)
}

function isHere(seat: SeatRecord, { links }: Situation): boolean {
  return linkOf(links, seat.seatId).kind === 'CONNECTED'
}

function dropIfGone(seat: SeatRecord, { links }: Situation): SeatAction | null {
  return linkOf(links, seat.seatId).kind === 'GONE' ? 'drop' : null
}

function isForgotten(seat: SeatRecord, { links, now }: Situation): boolean {
  const link = linkOf(links, seat.seatId)
  if (link.kind !== 'GONE' || !link.since) return false
  return now.getTime() - link.since.getTime() >= ADMISSION_KEPT_MS
}

/** How to come from one state at the door nearer to another. */
const TOWARDS: Readonly<
  Record<
    'LOBBY' | 'ID_CHECK' | 'READY' | 'LIVE',
    Partial<Record<SessionState, Exclude<SessionAction, 'end'>>>
  >
> = {
  LOBBY: { ID_CHECK: 'unready', READY: 'unready' },
  ID_CHECK: { LOBBY: 'check', READY: 'check' },
  READY: { LOBBY: 'ready', ID_CHECK: 'ready' },
  LIVE: { LOBBY: 'ready', ID_CHECK: 'ready', READY: 'start' },
}

function gatheringStep(situation: Situation): VisitStep | null {
  const action = TOWARDS[doorState(situation)][situation.visit.session.state]
  if (action) return { kind: 'session', action }
  return recorderStep(situation, isReadyToBegin(situation))
}

/** Where a visit that has not begun belongs. One person's long check holds up nobody who is admitted. */
function doorState(situation: Situation): 'LOBBY' | 'ID_CHECK' | 'READY' | 'LIVE' {
  const { visit } = situation
  if (isReadyToBegin(situation)) {
    if (mayBeginFor(situation)) return 'LIVE'
    // One more who comes late and is checked does not undo that: its recording is on its way.
    return 'READY'
  }
  if (visit.seats.some((seat) => isBeingChecked(visit, seat))) return 'ID_CHECK'
  return areAdmitted(visit) ? 'READY' : 'LOBBY'
}

/** Whether a visit may begin now, as far as its people go. */
function isReadyToBegin(situation: Situation): boolean {
  const { visit, now } = situation
  const isComplete = isThere('VISITOR', situation) && isThere('INMATE', situation)
  const mayBegin = visit.session.pauseReason === null && hasAdmittedAdult(visit)
  return areAdmitted(visit) && isComplete && mayBegin && now >= visit.startsAt
}

function areAdmitted(visit: VisitRecord): boolean {
  return hasAdmitted(visit, 'VISITOR') && hasAdmitted(visit, 'INMATE')
}

/** At a camera whose people are let in one by one, the check goes on until the last of them is. */
function isBeingChecked(visit: VisitRecord, seat: SeatRecord): boolean {
  return seat.state === 'CHECKING' || (isLetIn(seat) && !isCleared(visit, seat))
}

function hasAdmitted(visit: VisitRecord, party: Party): boolean {
  return personsOf(visit, party).some((seat) => seat.state === 'ADMITTED' && isCleared(visit, seat))
}

/** Whether somebody of that side can be reached and may be seen. */
function isThere(party: Party, { visit, links }: Situation): boolean {
  return personsOf(visit, party).some(
    (seat) => isCleared(visit, seat) && isReachable(linkOf(links, seat.seatId)),
  )
}

function reachStep(situation: Situation): SessionStep | null {
  const isComplete = isThere('VISITOR', situation) && isThere('INMATE', situation)
  const { state } = situation.visit.session
  const isGoingOn = state === 'LIVE' || state === 'MISSING_MONITOR'
  if (isGoingOn && !isComplete) return { kind: 'session', action: 'drop' }
  if (state === 'RECONNECTING' && isComplete) return { kind: 'session', action: 'recover' }
  return null
}
