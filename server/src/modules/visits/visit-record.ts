import type { Coverage } from '@visavis/contract/coverage'
import type { Detectors } from '@visavis/contract/advice'
import type { Party } from '@visavis/contract/media-graph'
import type { MediaPolicy, VisitClass } from '@visavis/contract/media-policy'
import type { SeatState } from '@visavis/contract/seat-lifecycle'
import { GATHERING_STATES, UNDER_WAY_STATES } from '@visavis/contract/session-lifecycle'
import type { SessionState } from '@visavis/contract/session-lifecycle'
import type { Outcome, PauseReason, PutBackReason, SeatRole } from '@visavis/contract/visit'
import type { FlagRecord } from './flag-rules.ts'
import type { HelpCall } from './help-rules.ts'
import type { InterventionRecord } from './intervention-record.ts'

/** What a facility decides of visits that are to be recorded and are not (RC-3). */
export type WhenNotRecorded = 'WAIT' | 'GO_ON'

/** One participant's place in a visit, as stored. */
export type SeatRecord = {
  readonly seatId: string
  readonly party: Party
  readonly state: SeatState
  /** What the other side calls this person. */
  readonly displayName: string
  /** What staff call this person. */
  readonly fullName: string
  /** Exactly one of the two is set, by party. */
  readonly visitorId: string | null
  readonly inmateId: string | null
  /** First arrival; null for somebody who never came (LV-7). */
  readonly arrivedAt: Date | null
  readonly admittedBy: string | null
  readonly admittedAt: Date | null
  readonly refusedReason: string | null
  /** The seat whose device this person is at, together with whoever sits there (LV-3); null: their own. */
  readonly cameraSeatId: string | null
  /** The newest call for help (OV-9); null: never called. */
  readonly help: HelpCall | null
  readonly role: SeatRole
  /** Why somebody is to look at this person again (LV-3); null: nobody is. */
  readonly putBackReason: PutBackReason | null
  /** The host who saw this person and their document on site, where the facility takes their word; null: none. */
  readonly checkedInBy: string | null
  /** Whether a picture of their face is on file. */
  readonly hasPicture: boolean
  /** What this person speaks: a language tag. */
  readonly language: string
  /** Of the visitors: verified, and of age on the day of the visit (EL-6). */
  readonly isVerifiedAdult: boolean
}

/** The live part of a visit, as stored; written by compare-and-set on `version`. */
export type SessionRecord = {
  readonly state: SessionState
  readonly version: number
  /** 0 until the room is placed for the first time. */
  readonly epoch: number
  /** Control address of the media node that has the room. */
  readonly mediaNode: string | null
  readonly routerId: string | null
  /** Both-way milliseconds of all epochs, as last stored (LV-5). */
  readonly deliveredMs: number
  /** Both-way milliseconds of the epochs before the present one. */
  readonly epochBaseMs: number
  readonly liveSince: Date | null
  readonly endedAt: Date | null
  readonly outcome: Outcome | null
  readonly endedBy: string | null
  readonly endReason: string | null
  /** Added to the booked length; `endsAt` holds it. */
  readonly extendedMs: number
  /** By how much the end was moved because the facility let the visit begin late (LV-5). */
  readonly madeUpMs: number
  /** Why nothing may flow between the parties; null: it may. */
  readonly pauseReason: PauseReason | null
  /** Since when nobody watches it though somebody must (OV-7). */
  readonly unwatchedSince: Date | null
  /** Since when it should be recorded and is not (RC-3), and when an officer let it go on all the same. */
  readonly unrecordedSince: Date | null
  readonly goesOnUnrecordedAt: Date | null
  /** How many of its versions the parties were told nothing of (OV-3). */
  readonly untoldSteps: number
}

/** A visit with all that its live side needs to know. */
export type VisitRecord = {
  readonly visitId: string
  readonly facilityId: string
  readonly facility: { readonly name: string; readonly timeZone: string }
  readonly terminal: { readonly terminalId: string; readonly name: string; readonly wing: string }
  readonly visitClass: VisitClass
  /** What the class really gets (OV-1), whatever the row says. */
  readonly policy: MediaPolicy
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly isConfirmed: boolean
  readonly startsAt: Date
  readonly endsAt: Date
  /** How long after the start a side may be missing before that counts as a no-show (LV-7). */
  readonly noShowMs: number
  /** How long an officer's pause lasts before one is asked what to do (OV-5). */
  readonly pauseAskMs: number
  /** Which detectors advise officers there (LV-11). */
  readonly detectors: Detectors
  readonly session: SessionRecord
  readonly seats: readonly SeatRecord[]
  /** What stands of what officers have done, and every warning (OV-5); oldest first. */
  readonly interventions: readonly InterventionRecord[]
  /** Whether somebody must watch it, and what follows where nobody does (OV-7). */
  readonly coverage: Coverage
  /** Whether a visit that is to be recorded waits for its recorder (RC-3). */
  readonly whenNotRecorded: WhenNotRecorded
  /** What was flagged in it (OV-6); oldest first. */
  readonly flags: readonly FlagRecord[]
}

/** Booked length in milliseconds, with what staff added. */
export function bookedMsOf({ startsAt, endsAt, session }: VisitRecord): number {
  return endsAt.getTime() - startsAt.getTime() - session.madeUpMs
}

/** The seats of one side. */
export function seatsOf(visit: VisitRecord, party: Party): readonly SeatRecord[] {
  return visit.seats.filter((seat) => seat.party === party)
}

/** Those of one side who meet; an interpreter is there for them, and makes up for nobody. */
export function personsOf(visit: VisitRecord, party: Party): readonly SeatRecord[] {
  return seatsOf(visit, party).filter(({ role }) => role === 'PERSON')
}

/** Whether this person was let in and is still there. */
export function isLetIn({ state }: SeatRecord): boolean {
  return state === 'ADMITTED' || state === 'IN'
}

/** The seat of that id; undefined when the visit has none. */
export function seatOf(visit: VisitRecord, seatId: string): SeatRecord | undefined {
  return visit.seats.find((seat) => seat.seatId === seatId)
}

/** Whether the visit is under way: the sides were brought together and it has not ended. */
export function isUnderWay(state: SessionState): boolean {
  return UNDER_WAY_STATES.includes(state)
}

/** Whether people gather, are checked, or wait for the start. */
export function isGathering(state: SessionState): boolean {
  return GATHERING_STATES.includes(state)
}
