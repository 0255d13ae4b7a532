import { Refusal } from '@visavis/contract/errors'
import type { PayloadOf } from '@visavis/contract/command'
import type { wallCommands } from '@visavis/contract/wall-socket'
import {
  admitSeat,
  answerHelp,
  checkSeat,
  endByOfficer,
  extendByOfficer,
  putBackSeat,
  refuseSeat,
  removeSeat,
  resumeByOfficer,
} from '../visits/index.ts'
import type { Decide, LiveVisits, VisitRecord } from '../visits/index.ts'
import type { OfficerCause } from './wall.service.ts'

type Commands = typeof wallCommands
type Done = Promise<Record<string, never>>

const MINUTE_MS = 60_000

/** What an officer decides about the visits of the own facility. */
export type OfficerService = ReturnType<typeof createOfficerService>

export function createOfficerService({
  acts,
  load,
  refusalOf,
}: Pick<LiveVisits, 'acts' | 'load' | 'refusalOf'>) {
  const actOn = async (
    visitId: string,
    cause: OfficerCause,
    decide: Decide,
  ): Promise<VisitRecord> => {
    const visit = await load(visitId)
    // A visit of another facility does not exist for this officer (TR-3).
    if (visit?.facilityId !== cause.actor.facilityId) throw new Refusal('VISIT_NOT_FOUND')
    return acts.act({ visitId, decide, cause })
  }
  const act = async (...given: Parameters<typeof actOn>): Done => {
    await actOn(...given)
    return {}
  }
  return {
    ...seatDecisionsOf(act),
    resumeVisit: async ({ visitId }: PayloadOf<Commands['resumeVisit']>, cause: OfficerCause) => {
      const visit = await load(visitId)
      const isOwn = visit?.facilityId === cause.actor.facilityId
      // EL-5: no officer's word makes up for a restriction; lifting or overriding it has its own way.
      if (isOwn && (await refusalOf(visit)) !== null) throw new Refusal('RESTRICTED')
      return act(visitId, cause, resumeByOfficer())
    },
    extendVisit: async (
      { visitId, minutes }: PayloadOf<Commands['extendVisit']>,
      cause: OfficerCause,
    ) => {
      const { endsAt } = await actOn(visitId, cause, extendByOfficer(minutes * MINUTE_MS))
      return { endsAt: endsAt.toISOString() }
    },
    endVisit: ({ visitId, reason }: PayloadOf<Commands['endVisit']>, cause: OfficerCause) =>
      act(visitId, cause, endByOfficer(cause.actor.accountId, reason)),
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
