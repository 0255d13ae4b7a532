import type { SeatState } from '@visavis/contract/seat-lifecycle'
import type { ATTENTION_REASONS } from '@visavis/contract/visit'
import type { AdviceRecord } from '../advice/index.ts'
import { isCallingHelp } from './help-rules.ts'
import { standing } from './intervention-record.ts'
import { waitsForRecorder } from './recorder-rules.ts'
import { VIOLATED } from './session-rules.ts'
import { isUnderWay } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'

/** Why a visit wants an officer's eye. */
export type AttentionReason = (typeof ATTENTION_REASONS)[number]

/** A visit that starts this soon belongs to the top of the wall. */
const STARTING_WITHIN_MS = 5 * 60_000

type Look = {
  readonly visit: VisitRecord
  readonly now: Date
  /** What detectors advise of it now. */
  readonly advice: readonly AdviceRecord[]
}

/** What each reason looks for, the most urgent first (OV-4). */
const LOOKS: readonly (readonly [AttentionReason, (look: Look) => boolean])[] = [
  ['HELP_CALLED', ({ visit }) => visit.seats.some(isCallingHelp)],
  ['RESTRICTION', ({ visit }) => isBarredUndecided(visit)],
  // One that goes on so says it otherwise, and leaves this place to what an officer can do something about.
  ['NO_RECORDER', ({ visit }) => waitsForRecorder(visit)],
  ['NO_MONITOR', ({ visit }) => visit.session.unwatchedSince !== null],
  ['ID_PENDING', ({ visit }) => visit.seats.some(({ state }) => IN_CHECK.includes(state))],
  ['FLAGGED', ({ visit, now }) => isFlaggedLately(visit, now)],
  ['CONNECTION_TROUBLE', ({ visit }) => hasTrouble(visit)],
  ['PAUSED', ({ visit }) => visit.session.state === 'PAUSED'],
  // What an officer has judged needs no other look.
  ['ADVICE', ({ advice }) => advice.some(({ judgement }) => judgement === null)],
  ['STARTING', ({ visit, now }) => startsSoon(visit, now)],
]
const IN_CHECK: readonly SeatState[] = ['WAITING', 'CHECKING']

/** The most urgent reason to look at a visit (OV-4), or null. `advice`: what detectors advise of it now. */
export function attentionOf(
  visit: VisitRecord,
  now: Date,
  advice: readonly AdviceRecord[] = [],
): AttentionReason | null {
  if (visit.session.state === 'ENDED') return wasViolated(visit) ? 'VIOLATION' : null
  return LOOKS.find(([, isSo]) => isSo({ visit, now, advice }))?.[0] ?? null
}

/** OV-8: over as it is, somebody has to know of it. */
function wasViolated({ session }: VisitRecord): boolean {
  return session.endReason === VIOLATED
}

function startsSoon({ startsAt, session }: VisitRecord, now: Date): boolean {
  const startsInMs = startsAt.getTime() - now.getTime()
  return !isUnderWay(session.state) && startsInMs <= STARTING_WITHIN_MS
}

/** For as long as whoever takes over should know at a glance. */
const FLAGGED_FOR_MS = 5 * 60_000

function isFlaggedLately({ flags }: VisitRecord, now: Date): boolean {
  const last = flags.findLast(({ category }) => category !== 'NOT_WATCHED')
  return last !== undefined && now.getTime() - last.at.getTime() < FLAGGED_FOR_MS
}

/** EL-4: a restriction has landed and no officer has said yet what becomes of the visit. */
function isBarredUndecided(visit: VisitRecord): boolean {
  if (visit.session.pauseReason !== 'RESTRICTION') return false
  const pause = standing(visit, 'PAUSE')[0]
  return pause === undefined || pause.keptAt === null || pause.askedAt !== null
}

function hasTrouble(visit: VisitRecord): boolean {
  if (visit.session.state === 'RECONNECTING') return true
  return visit.seats.some((seat) => seat.state === 'DISCONNECTED')
}
