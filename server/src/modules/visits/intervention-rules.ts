import { Refusal } from '@visavis/contract/errors'
import type { Texts } from '@visavis/contract/interventions'
import type { Party } from '@visavis/contract/media-graph'
import { begun, mutedParties, speakerIdOf, standing, unread } from './intervention-record.ts'
import type { InterventionRecord } from './intervention-record.ts'
import type { InterventionStep, WithdrawStep } from './intervention-steps.ts'
import { isReachable, linkOf } from './seat-link.ts'
import type { Decide, Situation } from './session-rules.ts'
import { isUnderWay } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'

/** A new row of an officer's. */
export type ByOfficer = { readonly interventionId: string; readonly by: string }

/** A warning as it is shown. */
export type WarningText = Pick<InterventionRecord, 'readyTextId' | 'isTyped'> & {
  readonly texts: Texts
}

const BOTH: readonly Party[] = ['VISITOR', 'INMATE']
/** More at once is not read by anybody. */
const MOST_WARNINGS = 5
/** A warning that nobody has read is shown and sounded again after so long. */
export const REMIND_AFTER_MS = 10_000
/** After a minute of it the officer has to do something else; the warning stays where it is. */
export const MOST_TOLD = 6

/** OV-5. Shows people a text that each has to acknowledge; in every class of visit. */
export function warn(
  { interventionId, by }: ByOfficer,
  { parties, text }: { readonly parties: readonly Party[]; readonly text: WarningText },
): Decide {
  return ({ visit, now }) => {
    requireUnderWay(visit)
    if (standing(visit, 'WARN').length >= MOST_WARNINGS) throw new Refusal('TOO_MANY_REQUESTS')
    const warning = begun({
      ...{ interventionId, kind: 'WARN', beganAt: now, begunBy: by, toldAt: now, toldTimes: 1 },
      parties: BOTH.filter((party) => parties.includes(party)),
      ...text,
    })
    return [{ kind: 'intervene', intervention: warning }]
  }
}

/** Whoever sits there has read a warning; again, or one that is over, changes nothing. */
export function acknowledgeWarning(interventionId: string, bySeatId: string): Decide {
  return ({ visit }) => {
    if (visit.session.state === 'ENDED') throw new Refusal('VISIT_ENDED')
    const warning = standing(visit, 'WARN').find((one) => one.interventionId === interventionId)
    const isFor = warning && unread(visit, warning).some(({ seatId }) => seatId === bySeatId)
    return isFor ? [{ kind: 'acknowledge', interventionId, bySeatId }] : []
  }
}

/** Switches the sound of one side off; not where nobody may watch. */
export function muteParty({ interventionId, by }: ByOfficer, party: Party): Decide {
  return ({ visit, now }) => {
    requireUnderWay(visit)
    requireWatchable(visit)
    if (mutedParties(visit).includes(party)) return []
    const who = { interventionId, begunBy: by, beganAt: now }
    return [{ kind: 'intervene', intervention: begun({ ...who, kind: 'MUTE', parties: [party] }) }]
  }
}

/** Gives a side its sound back. */
export function unmuteParty(by: string, party: Party): Decide {
  return ({ visit }) => {
    requireUnderWay(visit)
    return withdrawn(
      standing(visit, 'MUTE').filter(({ parties }) => parties.includes(party)),
      by,
    )
  }
}

/** Stops everything between the parties, and the clock, in every class; it never ends by itself. */
export function pauseByOfficer({ interventionId, by }: ByOfficer, reason: string): Decide {
  return ({ visit, now }) => {
    requireUnderWay(visit)
    const { pauseReason } = visit.session
    // What the law has stopped is not an officer's pause; it has its own way on.
    if (pauseReason === 'RESTRICTION') throw new Refusal('VISIT_WRONG_STATE', { why: pauseReason })
    if (pauseReason === 'OFFICER') return []
    const who = { interventionId, begunBy: by, beganAt: now, reason }
    return [
      { kind: 'intervene', intervention: begun({ ...who, kind: 'PAUSE', parties: BOTH }) },
      { kind: 'bar', reason: 'OFFICER' },
    ]
  }
}

/** EL-4. The people of the visit may not meet: what runs is paused, what gathers does not begin. */
export function barByRestriction(interventionId: string): Decide {
  return ({ visit, now }) => {
    const { state, pauseReason } = visit.session
    if (pauseReason === 'RESTRICTION' || state === 'ENDED') return []
    const who = { interventionId, begunBy: null, beganAt: now, reason: 'RESTRICTION' }
    return [
      ...withdrawn(standing(visit, 'PAUSE'), null),
      { kind: 'intervene', intervention: begun({ ...who, kind: 'PAUSE', parties: BOTH }) },
      { kind: 'bar', reason: 'RESTRICTION' },
    ]
  }
}

/** An officer lets the visit go on that an officer, or a restriction that stands no longer, has paused. */
export function resumeByOfficer(by: string): Decide {
  return ({ visit }) => {
    requireNotOver(visit)
    const { pauseReason } = visit.session
    const isOurs = pauseReason === 'RESTRICTION' || pauseReason === 'OFFICER'
    if (!isOurs) throw new Refusal('VISIT_WRONG_STATE')
    return [...withdrawn(standing(visit, 'PAUSE'), by), { kind: 'bar', reason: null }]
  }
}

/** An officer who was asked about a pause keeps it. */
export function keepPaused(): Decide {
  return ({ visit }) => {
    requireNotOver(visit)
    const pause = standing(visit, 'PAUSE')[0]
    if (!pause) throw new Refusal('VISIT_WRONG_STATE')
    return [{ kind: 'keepPause', interventionId: pause.interventionId }]
  }
}

/** An officer begins to speak to both sides: one at a time, and not where nobody may watch. */
export function speak({ interventionId, by }: ByOfficer): Decide {
  return ({ visit, now }) => {
    requireUnderWay(visit)
    requireWatchable(visit)
    if (speakerIdOf(visit)) throw new Refusal('VISIT_WRONG_STATE', { why: 'SOMEBODY_SPEAKS' })
    const who = { interventionId, begunBy: by, beganAt: now }
    return [{ kind: 'intervene', intervention: begun({ ...who, kind: 'SPEAK', parties: BOTH }) }]
  }
}

/** The officer speaks no longer; `speakerId`: that speech and no later one. `by` null: the wall went away. */
export function endSpeech(by: string | null, speakerId?: string): Decide {
  return ({ visit }) =>
    withdrawn(
      standing(visit, 'SPEAK').filter(
        ({ interventionId }) => speakerId === undefined || interventionId === speakerId,
      ),
      by,
    )
}

/** An officer ends the visit, at any time before its end, with a reason and perhaps words for the file. */
export function endByOfficer(
  { interventionId, by }: ByOfficer,
  { reason, text }: { readonly reason: string; readonly text: string | null },
): Decide {
  return ({ visit, now }) => {
    requireNotOver(visit)
    if (visit.session.state === 'SCHEDULED') throw new Refusal('VISIT_WRONG_STATE')
    const deed = begun({
      ...{ interventionId, kind: 'TERMINATE', beganAt: now, begunBy: by, reason, parties: BOTH },
      ...(text === null ? {} : { texts: { [UNKNOWN_LANGUAGE]: text }, isTyped: true }),
      endedAt: now,
      endedBy: by,
    })
    return [
      { kind: 'intervene', intervention: deed },
      { kind: 'end', outcome: 'STAFF_TERMINATED', endedBy: by, endReason: reason },
    ]
  }
}

/** BCP 47: what an officer notes is read by nobody of the visit, so its language is not asked for. */
const UNKNOWN_LANGUAGE = 'und'

/** What follows by itself: a warning told again, a question about a long pause. */
export function interventionStep(situation: Situation): InterventionStep | null {
  return remindStep(situation) ?? askStep(situation)
}

function remindStep({ visit, links, now }: Situation): InterventionStep | null {
  const isDue = (warning: InterventionRecord): boolean =>
    warning.toldTimes < MOST_TOLD &&
    isOver(warning.toldAt, REMIND_AFTER_MS, now) &&
    unread(visit, warning).some(({ seatId }) => isReachable(linkOf(links, seatId)))
  const due = standing(visit, 'WARN').find(isDue)
  return due ? { kind: 'remind', interventionId: due.interventionId } : null
}

function askStep({ visit, now }: Situation): InterventionStep | null {
  const due = standing(visit, 'PAUSE').find(
    ({ askedAt, keptAt, beganAt }) =>
      askedAt === null && isOver(keptAt ?? beganAt, visit.pauseAskMs, now),
  )
  return due ? { kind: 'askPause', interventionId: due.interventionId } : null
}

function isOver(since: Date | null, lengthMs: number, now: Date): boolean {
  return since !== null && now.getTime() - since.getTime() >= lengthMs
}

function withdrawn(ones: readonly InterventionRecord[], by: string | null): WithdrawStep[] {
  return ones.map(({ interventionId }) => ({ kind: 'withdraw', interventionId, by }))
}

function requireNotOver({ session }: VisitRecord): void {
  if (session.state === 'ENDED') throw new Refusal('VISIT_ENDED')
}

function requireUnderWay(visit: VisitRecord): void {
  requireNotOver(visit)
  if (!isUnderWay(visit.session.state)) throw new Refusal('VISIT_WRONG_STATE')
}

function requireWatchable({ policy }: VisitRecord): void {
  if (policy.monitor === 'NONE') throw new Refusal('MEDIA_POLICY_FORBIDS')
}
