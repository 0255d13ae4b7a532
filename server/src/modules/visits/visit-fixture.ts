import { Refusal } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import type { MediaPolicy, VisitClass } from '@visavis/contract/media-policy'
import type { SeatRecord, SessionRecord, VisitRecord } from './visit-record.ts'

const MINUTE_MS = 60_000
/** Noon of some day: the start of every visit made here. */
export const START = new Date('2026-11-21T12:00:00.000Z')
/** The instant `minutes` after {@link START}. */
export const at = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE_MS)

export const VISITOR_SEAT = '00000000-0000-4000-8000-000000000001'
export const SECOND_VISITOR_SEAT = '00000000-0000-4000-8000-000000000002'
export const INMATE_SEAT = '00000000-0000-4000-8000-000000000003'
export const OFFICER = '00000000-0000-4000-8000-000000000009'
/** Something that this officer does. */
export const BY_OFFICER = { interventionId: '00000000-0000-4000-8000-0000000000f1', by: OFFICER }

/** A seat that nobody has come to. */
export function aSeat(seatId: string, party: SeatRecord['party']): SeatRecord {
  return {
    seatId,
    party,
    state: 'NOT_ARRIVED',
    displayName: party === 'VISITOR' ? 'Anna' : 'Dmitri',
    fullName: party === 'VISITOR' ? 'Anna Sample' : 'Dmitri Sample',
    visitorId: party === 'VISITOR' ? seatId : null,
    inmateId: party === 'INMATE' ? seatId : null,
    arrivedAt: null,
    admittedBy: null,
    admittedAt: null,
    refusedReason: null,
    cameraSeatId: null,
    role: 'PERSON',
    putBackReason: null,
    checkedInBy: null,
    hasPicture: false,
    language: 'ru',
    help: null,
    isVerifiedAdult: party === 'VISITOR',
  }
}

const UNBEGUN: SessionRecord = {
  state: 'SCHEDULED',
  version: 0,
  epoch: 0,
  mediaNode: null,
  routerId: null,
  deliveredMs: 0,
  epochBaseMs: 0,
  liveSince: null,
  endedAt: null,
  outcome: null,
  endedBy: null,
  endReason: null,
  extendedMs: 0,
  madeUpMs: 0,
  pauseReason: null,
  unwatchedSince: null,
  unrecordedSince: null,
  goesOnUnrecordedAt: null,
  untoldSteps: 0,
}

/** A scheduled half-hour visit of two visitors, for tests of the pure rules. */
export function aVisitRecord(
  given: {
    visitClass?: VisitClass
    policy?: MediaPolicy
    session?: Partial<SessionRecord>
    seats?: readonly SeatRecord[]
    interventions?: VisitRecord['interventions']
    coverage?: VisitRecord['coverage']
    whenNotRecorded?: VisitRecord['whenNotRecorded']
  } = {},
): VisitRecord {
  return {
    visitId: '00000000-0000-4000-8000-0000000000aa',
    facilityId: '00000000-0000-4000-8000-0000000000bb',
    facility: { name: 'Facility', timeZone: 'Asia/Krasnoyarsk' },
    terminal: { terminalId: '00000000-0000-4000-8000-0000000000cc', name: 'T1', wing: 'A' },
    visitClass: given.visitClass ?? 'social',
    policy: given.policy ?? { monitor: 'AV', isRecorded: true },
    place: 'HOME',
    isConfirmed: true,
    startsAt: START,
    endsAt: at(30),
    noShowMs: 10 * MINUTE_MS,
    pauseAskMs: 5 * MINUTE_MS,
    detectors: { face: true, dark: true, silent: true },
    interventions: given.interventions ?? [],
    coverage: given.coverage ?? { mustBeWatched: false, whenNotWatched: 'FLAG' },
    whenNotRecorded: given.whenNotRecorded ?? 'WAIT',
    flags: [],
    session: { ...UNBEGUN, ...given.session },
    seats: given.seats ?? [
      aSeat(VISITOR_SEAT, 'VISITOR'),
      aSeat(SECOND_VISITOR_SEAT, 'VISITOR'),
      aSeat(INMATE_SEAT, 'INMATE'),
    ],
  }
}

/** The code with which something is refused; null: it is not. */
export function refusalOf(run: () => unknown): ErrorCode | null {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
