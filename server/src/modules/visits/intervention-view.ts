import type { WallInterventions, WarningView } from '@visavis/contract/interventions'
import {
  addressees,
  mutedParties,
  speakerIdOf,
  standing,
  warningFor,
} from './intervention-record.ts'
import type { InterventionRecord } from './intervention-record.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'

/** Older ones are in the timeline. */
const SHOWN_WARNINGS = 3

/** Whether an officer has switched off the sound of that seat's side. */
export function isMuted(visit: VisitRecord, { party }: Pick<SeatRecord, 'party'>): boolean {
  return mutedParties(visit).includes(party)
}

/** What a seat is to read; null: nothing. */
export function warningViewFor(visit: VisitRecord, seatId: string): WarningView | null {
  const warning = visit.session.state === 'ENDED' ? null : warningFor(visit, seatId)
  return warning && warningViewOf(warning)
}

/** An officer who speaks, as the people of the visit see it. */
export function speakerViewOf(visit: VisitRecord): { speakerId: string } | null {
  const speakerId = speakerIdOf(visit)
  return speakerId === null ? null : { speakerId }
}

/** What officers have done in a visit, as their walls show it. */
export function wallInterventionsOf(visit: VisitRecord): WallInterventions {
  const pause = standing(visit, 'PAUSE')[0]
  return {
    mutedParties: [...mutedParties(visit)],
    pause: pause ? pauseViewOf(pause) : null,
    speakerId: speakerIdOf(visit),
    warnings: visit.interventions
      .filter(({ kind }) => kind === 'WARN')
      .slice(-SHOWN_WARNINGS)
      .reverse()
      .map((warning) => ({ ...warningViewOf(warning), seats: readersOf(visit, warning) })),
  }
}

function pauseViewOf(pause: InterventionRecord): WallInterventions['pause'] {
  return {
    at: pause.beganAt.toISOString(),
    reason: pause.begunBy === null ? null : pause.reason,
    isAsked: pause.askedAt !== null,
    isKept: pause.keptAt !== null,
  }
}

function warningViewOf(warning: InterventionRecord): WarningView {
  const { interventionId, beganAt, texts, isTyped, toldTimes } = warning
  return {
    warningId: interventionId,
    at: beganAt.toISOString(),
    texts: texts ?? {},
    isTyped,
    toldTimes: Math.max(1, toldTimes),
  }
}

/** Who has read it, and of one that stands who is still to. */
function readersOf(
  visit: VisitRecord,
  warning: InterventionRecord,
): WallInterventions['warnings'][number]['seats'] {
  const read = warning.seen.map(({ seatId, seenAt }) => ({
    seatId: seatId as never,
    acknowledgedAt: seenAt.toISOString(),
  }))
  if (warning.endedAt !== null) return read
  const isRead = (seatId: string): boolean => warning.seen.some((each) => each.seatId === seatId)
  const waiting = addressees(visit, warning).filter(({ seatId }) => !isRead(seatId))
  return [
    ...read,
    ...waiting.map(({ seatId }) => ({ seatId: seatId as never, acknowledgedAt: null })),
  ]
}
