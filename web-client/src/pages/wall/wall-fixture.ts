import type { WallVisit } from '@visavis/contract/visit'

/** A running visit on the wall, for tests of the pure rules; what they do not look at may be missing. */
export function aTile(over: Partial<WallVisit> = {}): WallVisit {
  return {
    visitId: crypto.randomUUID() as WallVisit['visitId'],
    facilityId: crypto.randomUUID() as WallVisit['facilityId'],
    version: 1,
    state: 'LIVE',
    visitClass: 'social',
    policy: { monitor: 'AV', isRecorded: true },
    isBeingRecorded: true,
    startsAt: '2026-11-22T10:00:00.000Z',
    endsAt: '2026-11-22T10:30:00.000Z',
    terminal: { name: 'K-01', wing: 'A' },
    languages: ['ru'],
    isSigned: false,
    interventions: { mutedParties: [], pause: null, speakerId: null, warnings: [] },
    advice: [],
    seats: [],
    clock: {
      deliveredMs: 0,
      bookedMs: 1_800_000,
      leftMs: 1_800_000,
      isRunning: true,
      at: '2026-11-22T12:00:00.000Z',
    },
    attention: null,
    help: [],
    pauseReason: null,
    coverage: { mustBeWatched: false, whenNotWatched: 'FLAG', unwatchedSince: null },
    recording: { isRequired: true, missingSince: null, isAsking: false, goesOnWithout: false },
    flags: [],
    outcome: null,
    ...over,
  }
}

/** Somebody in a visit, by name. */
export function aPerson(name: string): WallVisit['seats'][number] {
  return {
    seatId: crypto.randomUUID() as WallVisit['seats'][number]['seatId'],
    party: 'VISITOR',
    role: 'PERSON',
    name,
    state: 'IN',
    cameraSeatId: null,
    admittedBy: 'OFFICER',
    checkAgain: null,
    hasPicture: false,
  }
}
