import type { AdviceRecord } from '../advice/index.ts'
import type { RecordingStanding } from './recorder-rules.ts'
import { sharedLinks } from './seat-link.ts'
import type { SeatLink } from './seat-link.ts'
import type { Decide } from './session-rules.ts'
import { settle } from './settle-rules.ts'
import { at } from './visit-fixture.ts'
import { isGathering, isUnderWay } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'

const FLAG_ID = '00000000-0000-4000-8000-0000000000e1'

/** A visit without database or sockets: what the server would do, one happening after another. */
export class Model {
  visit: VisitRecord
  links = new Map<string, SeatLink>()
  now = at(-2)
  deliveredMs = 0
  checked = new Set<string>()
  advice: readonly AdviceRecord[] = []
  isWatched = true
  recording: RecordingStanding = { kind: 'STANDS' }

  constructor(visit: VisitRecord) {
    this.visit = visit
  }

  situation() {
    return {
      visit: this.visit,
      links: sharedLinks(this.links, this.visit.seats),
      deliveredMs: this.deliveredMs,
      now: this.now,
      isWatched: this.isWatched,
      recording: this.recording,
      freshId: FLAG_ID,
    }
  }

  act(decide: Decide = () => []): void {
    for (const step of decide(this.situation())) this.apply(step)
    for (const step of settle(this.situation())) this.apply(step)
  }

  apply(step: Parameters<typeof applyStep>[1]): void {
    if (step.kind === 'seat' && step.action === 'check') this.checked.add(step.seatId)
    this.visit = applyStep(this.visit, step, this.now)
  }
}

/** Whether the parties may hear and see each other now. */
export function isGoingOn(state: VisitRecord['session']['state']): boolean {
  return state === 'LIVE' || state === 'MISSING_MONITOR'
}

type Told = { readonly model: Model; readonly before: VisitRecord; readonly mayGoOn: boolean }

/** What must never be so (RC-3), by its words. */
const NEVER: Readonly<Record<string, (told: Told) => boolean>> = {
  'goes on unrecorded without anybody’s word': ({ model: { visit, recording }, mayGoOn }) =>
    isGoingOn(visit.session.state) &&
    visit.policy.isRecorded &&
    recording.kind === 'MISSING' &&
    (visit.session.unrecordedSince === null || !mayGoOn),
  'is missed though it stands': ({ model: { visit, recording } }) =>
    recording.kind === 'STANDS' &&
    (visit.session.unrecordedSince !== null || visit.session.goesOnUnrecordedAt !== null),
  'waits for no reason': ({ model: { visit }, mayGoOn }) =>
    visit.session.pauseReason === 'NO_RECORDER' &&
    (visit.session.unrecordedSince === null || mayGoOn),
  'has begun before its recording stood': ({ model: { visit, recording }, before, mayGoOn }) =>
    isGathering(before.session.state) &&
    isUnderWay(visit.session.state) &&
    visit.policy.isRecorded &&
    recording.kind !== 'STANDS' &&
    !mayGoOn,
}

/** [RC-3] What of a visit that has not ended is not as it must be. */
export function brokenOfRecording(model: Model, before: VisitRecord): readonly string[] {
  const { session, whenNotRecorded } = model.visit
  if (session.state === 'ENDED') return []
  const mayGoOn = whenNotRecorded === 'GO_ON' || session.goesOnUnrecordedAt !== null
  const told = { model, before, mayGoOn }
  return Object.keys(NEVER).filter((words) => NEVER[words]?.(told) === true)
}
