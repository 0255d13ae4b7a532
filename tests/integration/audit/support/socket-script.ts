import { newId } from '@visavis/prisma'
import { aReport } from '../../live/support/preflight-client.ts'
import type { Known, Player, SocketStage } from './socket-stage.ts'

/** One command of somebody; what it takes is made of what is known by then. */
export type Step = {
  readonly by: Player
  readonly key: string
  readonly payload: (known: Known) => object
  /** What must be there first. */
  readonly prepare?: (stage: SocketStage) => Promise<unknown>
  /** What could not be stored is stored by the clock, as soon as it can be. */
  readonly isFollowed?: true
  /** What later steps need of the answer. */
  readonly keep?: (known: Known, data: Record<string, unknown>) => void
}

const ofVisit = ({ visitId }: Known) => ({ visitId })
const ofSeat = ({ visitId, seatId }: Known) => ({ visitId, seatId })
const ofFresh = ({ freshVisitId, freshSeatId }: Known) => ({
  ...{ visitId: freshVisitId, seatId: freshSeatId },
})
const kept = (name: string) => (known: Known, data: Record<string, unknown>) => {
  known[name] = String(data[name])
}

/** Puts an advice beside the visit, as a detector would have. */
async function anAdvice({ world, known, live }: SocketStage): Promise<void> {
  const adviceId = newId()
  const { visitId, visitorSeatId: seatId } = live.people
  const said = { monitor: 'AV', kind: 'DARK', confidence: 1, beganAt: world.clock.now() } as const
  await world.db.advice.create({ data: { adviceId, visitId, seatId, ...said } })
  known['adviceId'] = adviceId
}

/** Every command that leaves an entry, in an order in which each can be done. */
export const SCRIPT: readonly Step[] = [
  { by: 'officer', key: 'open', payload: ({ facilityId }) => ({ facilityId }) },
  {
    by: 'officer',
    key: 'watch',
    payload: ({ visitId }) => ({ visitIds: [visitId], focusVisitId: visitId }),
  },
  { by: 'visitor', key: 'help', payload: () => ({ need: 'NO_SOUND', figures: null }) },
  { by: 'officer', key: 'answerHelp', payload: (known) => ({ ...ofSeat(known), answer: 'SEEN' }) },
  {
    by: 'officer',
    key: 'warn',
    payload: (known) => ({
      ...ofVisit(known),
      ...{ parties: ['VISITOR'], text: { typed: 'Please sit down.', language: 'en' } },
    }),
    keep: kept('warningId'),
  },
  { by: 'visitor', key: 'acknowledge', payload: ({ warningId }) => ({ warningId }) },
  { by: 'officer', key: 'mute', payload: (known) => ({ ...ofVisit(known), party: 'VISITOR' }) },
  { by: 'officer', key: 'unmute', payload: (known) => ({ ...ofVisit(known), party: 'VISITOR' }) },
  { by: 'officer', key: 'pause', payload: (known) => ({ ...ofVisit(known), reason: 'OTHER' }) },
  { by: 'officer', key: 'resumeVisit', payload: ofVisit },
  { by: 'officer', key: 'speak', payload: ofVisit },
  { by: 'officer', key: 'endSpeech', payload: ofVisit },
  {
    by: 'officer',
    key: 'flag',
    payload: (known) => ({ ...ofVisit(known), category: 'OTHER', reason: 'SEEN' }),
    keep: kept('flagId'),
  },
  { by: 'officer', key: 'unflag', payload: ({ visitId, flagId }) => ({ visitId, flagId }) },
  {
    by: 'officer',
    key: 'judgeAdvice',
    prepare: anAdvice,
    payload: ({ visitId, adviceId }) => ({ visitId, adviceId, judgement: 'RIGHT' }),
  },
  { by: 'officer', key: 'extendVisit', payload: (known) => ({ ...ofVisit(known), minutes: 5 }) },
  {
    by: 'officer',
    key: 'offerVisits',
    payload: ({ visitId }) => ({ visitIds: [visitId], toObserverId: null }),
    keep: kept('offerId'),
  },
  {
    by: 'colleague',
    key: 'answerOffer',
    payload: ({ offerId }) => ({ offerId, isAccepted: false }),
  },
  {
    by: 'officer',
    key: 'putBackSeat',
    payload: (known) => ({ ...ofSeat(known), reason: 'OTHER' }),
  },
  { by: 'officer', key: 'checkSeat', payload: ofSeat },
  { by: 'officer', key: 'admitSeat', payload: ofSeat },
  {
    by: 'newcomer',
    key: 'join',
    payload: ({ freshVisitId }) => ({ visitId: freshVisitId, holdingEpoch: null }),
    isFollowed: true,
  },
  { by: 'officer', key: 'checkSeat', payload: ofFresh },
  {
    by: 'officer',
    key: 'refuseSeat',
    payload: (known) => ({ ...ofFresh(known), reason: 'OTHER' }),
  },
  {
    by: 'tester',
    key: 'report',
    payload: ({ visitId = '' }) => aReport({ visitId }),
    prepare: async ({ clientOf }) => clientOf('tester').call('open', {}),
  },
  {
    by: 'officer',
    key: 'removeSeat',
    payload: (known) => ({ ...ofSeat(known), reason: 'OTHER' }),
  },
  { by: 'officer', key: 'endVisit', payload: (known) => ({ ...ofVisit(known), reason: 'OTHER' }) },
]
