import { Refusal } from '@visavis/contract/errors'
import type { PayloadOf } from '@visavis/contract/command'
import type { wallCommands } from '@visavis/contract/wall-socket'
import {
  admitSeat,
  answerHelp,
  checkSeat,
  extendByOfficer,
  flagVisit,
  goOnUnrecorded,
  putBackSeat,
  refuseSeat,
  removeSeat,
  unflagVisit,
} from '../visits/index.ts'
import type { Decide, LiveVisits, VisitRecord } from '../visits/index.ts'
import { interventionsOf } from './interventions.service.ts'
import type { InterventionParts } from './interventions.service.ts'
import type { OfficerCause } from './wall.service.ts'

type Commands = typeof wallCommands
type Done = Promise<Record<string, never>>

const MINUTE_MS = 60_000

/** What an officer decides about the visits of the own facility. */
export type OfficerService = ReturnType<typeof createOfficerService>

export function createOfficerService(
  visits: Pick<LiveVisits, 'acts' | 'load' | 'open' | 'refusalOf' | 'advice'>,
  parts: InterventionParts,
) {
  const actOn = actingOn(visits)
  const act = async (...given: Parameters<typeof actOn>): Done => {
    await actOn(...given)
    return {}
  }
  return {
    ...seatDecisionsOf(act),
    /** LV-11: whether a detector was right; it moves nothing. */
    judgeAdvice: async (said: PayloadOf<Commands['judgeAdvice']>, cause: OfficerCause): Done => {
      await ownVisitOf(visits)(said.visitId, cause)
      await visits.advice.judge({ ...said, cause })
      return {}
    },
    async flag({ visitId, ...given }: PayloadOf<Commands['flag']>, cause: OfficerCause) {
      const flagId = parts.newId()
      const flaggedBy = cause.actor.accountId
      await actOn(visitId, cause, flagVisit({ ...given, flagId, flaggedBy }))
      return { flagId }
    },
    unflag: ({ visitId, flagId }: PayloadOf<Commands['unflag']>, cause: OfficerCause) =>
      act(visitId, cause, unflagVisit(flagId, cause.actor.accountId)),
    /** RC-3: of a visit that waits for its recorder. */
    goOnUnrecorded: (
      { visitId, reason }: PayloadOf<Commands['goOnUnrecorded']>,
      cause: OfficerCause,
    ) => act(visitId, cause, goOnUnrecorded(cause.actor.accountId, reason)),
    extendVisit: async (
      { visitId, minutes }: PayloadOf<Commands['extendVisit']>,
      cause: OfficerCause,
    ) => {
      const { endsAt } = await actOn(visitId, cause, extendByOfficer(minutes * MINUTE_MS))
      return { endsAt: endsAt.toISOString() }
    },
    ...interventionsOf({ ...parts, actOn, own: ownVisitOf(visits), refusalOf: visits.refusalOf }),
  }
}

/** Carries out what an officer has decided about a visit of the own facility. */
export type ActOn = (visitId: string, cause: OfficerCause, decide: Decide) => Promise<VisitRecord>

/** Acts on visits of the officer's own facility. */
export function actingOn(visits: Pick<LiveVisits, 'acts' | 'load' | 'open'>): ActOn {
  // A visit never changes its facility: of one that is open here, that costs no query.
  const known = (visitId: string) => visits.open().find((visit) => visit.visitId === visitId)
  const load = async (visitId: string) => known(visitId) ?? visits.load(visitId)
  const own = ownVisitOf({ load })
  return async (visitId, cause, decide) => {
    await own(visitId, cause)
    return visits.acts.act({ visitId, decide, cause })
  }
}

/** A visit of another facility does not exist for this officer (TR-3). */
function ownVisitOf({ load }: Pick<LiveVisits, 'load'>) {
  return async (visitId: string, { actor }: OfficerCause): Promise<VisitRecord> => {
    const visit = await load(visitId)
    if (visit?.facilityId !== actor.facilityId) throw new Refusal('VISIT_NOT_FOUND')
    return visit
  }
}

type Decided = (visitId: string, cause: OfficerCause, decide: Decide) => Done

/** What an officer decides about one person. */
function seatDecisionsOf(act: Decided) {
  return {
    checkSeat: ({ visitId, seatId }: PayloadOf<Commands['checkSeat']>, cause: OfficerCause) =>
      act(visitId, cause, checkSeat(seatId)),
    admitSeat: ({ visitId, seatId }: PayloadOf<Commands['admitSeat']>, cause: OfficerCause) =>
      act(visitId, cause, admitSeat(seatId, cause.actor.accountId)),
    refuseSeat: (
      { visitId, seatId, reason }: PayloadOf<Commands['refuseSeat']>,
      cause: OfficerCause,
    ) => act(visitId, cause, refuseSeat(seatId, reason)),
    answerHelp: (
      { visitId, seatId, answer }: PayloadOf<Commands['answerHelp']>,
      cause: OfficerCause,
    ) => act(visitId, cause, answerHelp(seatId, answer)),
    putBackSeat: (
      { visitId, seatId, reason }: PayloadOf<Commands['putBackSeat']>,
      cause: OfficerCause,
    ) => act(visitId, cause, putBackSeat(seatId, reason)),
    removeSeat: (
      { visitId, seatId, reason }: PayloadOf<Commands['removeSeat']>,
      cause: OfficerCause,
    ) => act(visitId, cause, removeSeat(seatId, reason)),
  }
}
