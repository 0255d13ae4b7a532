import { Refusal } from '@visavis/contract/errors'
import { RECORDER_AWAITED_MS } from '@visavis/contract/recorder-awaited'
import type { TimelineKind } from '@visavis/contract/timeline'
import type { Decide, Situation } from './session-rules.ts'
import { isUnderWay } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import type { BarStep, VisitStep } from './visit-step.ts'

/**
 * How a visit's recording stands, as the recordings of this server know it. AWAITED: it is being opened or
 * taken over, which takes a moment; MISSING: for longer, `since` when.
 */
export type RecordingStanding =
  { readonly kind: 'STANDS' } | { readonly kind: 'AWAITED' | 'MISSING'; readonly since: Date }

/**
 * It is not recorded though it should be, since when; with null, it is recorded (again) (RC-3). `isTold`: those
 * who wait at its door learn that it is staff whom they wait for, and who meet unrecorded learn that; of a
 * pause for it the pause tells them.
 */
export type RecorderStep = {
  readonly kind: 'recorder'
  readonly missingSince: Date | null
  readonly isTold: boolean
}

/** An officer lets it go on unrecorded until it is recorded again (RC-3). */
export type UnrecordedStep = {
  readonly kind: 'goOnUnrecorded'
  readonly by: string
  readonly reason: string
}

/** RC-1: whether a visit is to be recorded at all. */
export function isToBeRecorded({ policy, visitClass }: VisitRecord): boolean {
  return policy.isRecorded && visitClass !== 'privileged'
}

/** Whether it waits for its recorder: it is not recorded, the facility lets none go on so, and no officer has. */
export function waitsForRecorder(visit: VisitRecord): boolean {
  return visit.session.unrecordedSince !== null && !mayGoOnWithout(visit)
}

/** Whether it goes on, or is to begin, without the recording that it should have: its parties are told (OV-3). */
export function isUnrecorded(visit: VisitRecord): boolean {
  const isMissing = visit.session.unrecordedSince !== null
  return isToBeRecorded(visit) && isMissing && mayGoOnWithout(visit)
}

function mayGoOnWithout({ session, whenNotRecorded }: VisitRecord): boolean {
  return whenNotRecorded === 'GO_ON' || session.goesOnUnrecordedAt !== null
}

/** Whether an officer is to say what becomes of it: it has waited for half a minute (RC-3). */
export function isAskingForRecorder(visit: VisitRecord, now: Date): boolean {
  const { unrecordedSince, state } = visit.session
  if (unrecordedSince === null || state === 'ENDED' || !waitsForRecorder(visit)) return false
  return now.getTime() - unrecordedSince.getTime() >= RECORDER_AWAITED_MS
}

/** RC-3: whether a visit for which everything else is ready may begin, as far as its recording goes. */
export function mayBeginFor({ visit, recording }: Situation): boolean {
  if (!isToBeRecorded(visit) || isStanding(recording)) return true
  return mayGoOnWithout(visit)
}

/**
 * What follows from how the recording stands (RC-3): that it is missed is noted; a visit that must be recorded
 * then waits, and goes on by itself. `isDue`: it is under way, or would be but for this.
 */
export function recorderStep(situation: Situation, isDue: boolean): VisitStep | null {
  const { visit, recording } = situation
  if (!isToBeRecorded(visit)) return null
  return standingStep(visit, { recording, isDue }) ?? waitStep(visit)
}

function standingStep(
  visit: VisitRecord,
  { recording, isDue }: { recording: RecordingStanding | undefined; isDue: boolean },
): RecorderStep | null {
  const { unrecordedSince, state } = visit.session
  const isTold = !isUnderWay(state) || mayGoOnWithout(visit)
  if (isStanding(recording)) {
    return unrecordedSince === null ? null : { kind: 'recorder', missingSince: null, isTold }
  }
  const isNews = isDue && unrecordedSince === null && recording?.kind === 'MISSING'
  return isNews ? { kind: 'recorder', missingSince: recording.since, isTold } : null
}

/** Graver reasons to wait come first and stay. */
function waitStep(visit: VisitRecord): BarStep | null {
  const { pauseReason, state } = visit.session
  const isToWait = waitsForRecorder(visit)
  if (pauseReason === 'NO_RECORDER') return isToWait ? null : { kind: 'bar', reason: null }
  const mayWait = pauseReason === null && isUnderWay(state)
  return isToWait && mayWait ? { kind: 'bar', reason: 'NO_RECORDER' } : null
}

// Where nothing is said of recordings, there are none to wait for.
function isStanding(recording: RecordingStanding | undefined): boolean {
  return recording === undefined || recording.kind === 'STANDS'
}

/** An officer lets a visit that waits for its recorder go on, or begin, unrecorded (RC-3). */
export function goOnUnrecorded(by: string, reason: string): Decide {
  return ({ visit }) => {
    if (visit.session.state === 'ENDED') throw new Refusal('VISIT_ENDED')
    if (!waitsForRecorder(visit)) throw new Refusal('VISIT_WRONG_STATE')
    return [{ kind: 'goOnUnrecorded', by, reason }]
  }
}

/** The visit after such a step. An officer's word is about this one time: it ends with the gap. */
export function recorderChanged(
  visit: VisitRecord,
  step: RecorderStep | UnrecordedStep,
  now: Date,
): VisitRecord {
  const { session } = visit
  if (step.kind === 'goOnUnrecorded') {
    return { ...visit, session: { ...session, goesOnUnrecordedAt: now } }
  }
  const unrecordedSince = step.missingSince
  return { ...visit, session: { ...session, unrecordedSince, goesOnUnrecordedAt: null } }
}

/** What the timeline calls such a step. */
export function kindOfRecorderStep(step: RecorderStep | UnrecordedStep): TimelineKind {
  if (step.kind === 'goOnUnrecorded') return 'GOES_ON_UNRECORDED'
  return step.missingSince === null ? 'RECORDED' : 'UNRECORDED'
}

/** Whether a step is about the recording. */
export function isOfRecorder(step: VisitStep): step is RecorderStep | UnrecordedStep {
  return step.kind === 'recorder' || step.kind === 'goOnUnrecorded'
}
