import type { ErrorCode } from '@visavis/contract/errors'
import { createKeyedStore } from './keyed-store.ts'
import { replyOf } from './reply-of.ts'
import { createStore } from './store.ts'
import type { Reply, WallFeed, WallFeedOptions, WallState } from './types.ts'
import { openWallConnection } from './wall-connection.ts'
import type { WallConnection, WallPulse } from './wall-connection.ts'
import type { WallSignalling } from './router-reception.ts'
import { nextWallState } from './wall-state.ts'
import type { WallHappening } from './wall-state.ts'
import { createWallCoverage, keepBeating } from './wall-coverage.ts'
import { createWallInterventions } from './wall-interventions.ts'
import { createSpeech } from './wall-speech.ts'
import type { Speech } from './wall-speech.ts'
import { createWallStills } from './wall-stills.ts'

/** What an act is answered while no wall is open. */
const NOT_OPEN: ErrorCode = 'NOT_JOINED'

/** Makes an officer's wall, idle until it is opened. */
export function createWallFeed({ origin }: WallFeedOptions = {}): WallFeed {
  const store = createStore<WallState>({ phase: 'idle' })
  const pulse: WallPulse = { clocks: createKeyedStore(), levels: createKeyedStore() }
  const stills = createWallStills({ origin })
  let connection: WallConnection | null = null
  const signalling = (): WallSignalling | null => connection?.signalling ?? null
  const speech = createSpeech(signalling)
  const { listen, lost, ...coverage } = createWallCoverage(signalling)
  let stopBeating: (() => void) | null = null

  const drop = (): void => {
    stopBeating?.()
    connection?.close()
    connection = null
    speech.lost()
    stills.close()
  }
  const tell = (happening: WallHappening): void => {
    const next = nextWallState(store.getState(), happening)
    heed(speech, happening)
    if (happening.what === 'linkLost') lost()
    // Let go before anybody is told, so that a listener may open again at once.
    if (next.phase === 'idle' || next.phase === 'refused') drop()
    store.setState(next)
  }
  const act: Act = (request) =>
    connection ? replyOf(request(connection.signalling)) : Promise.resolve(notOpen())

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    open(facilityId) {
      drop()
      connection = openWallConnection({ facilityId, origin, tell, pulse })
      listen(connection.signalling)
      stopBeating = keepBeating(connection.signalling)
      tell({ what: 'opening' })
    },
    watch(watched) {
      connection?.watchList.want(watched)
      tell({ what: 'focused', visitId: watched.chosenVisitId })
    },
    holdStill: stills.hold,
    stills: stills.pictures,
    ...pulse,
    ...decisionsBy(act),
    ...createWallInterventions({ signalling, speech }),
    ...coverage,
    close: () => tell({ what: 'closed' }),
  }
}

type Act = (request: (signalling: WallSignalling) => Promise<unknown>) => Promise<Reply>
type Decisions = Pick<
  WallFeed,
  | 'checkSeat'
  | 'admitSeat'
  | 'refuseSeat'
  | 'answerHelp'
  | 'judgeAdvice'
  | 'putBackSeat'
  | 'removeSeat'
  | 'resumeVisit'
  | 'goOnUnrecorded'
  | 'extendVisit'
  | 'endVisit'
>

/** What an officer decides about people and visits. */
function decisionsBy(act: Act): Decisions {
  return {
    checkSeat: (visitId, seatId) =>
      act((signalling) => signalling.request('seat:check', { visitId, seatId })),
    admitSeat: (visitId, seatId) =>
      act((signalling) => signalling.request('seat:admit', { visitId, seatId })),
    refuseSeat: (visitId, seatId, reason) =>
      act((signalling) => signalling.request('seat:refuse', { visitId, seatId, reason })),
    answerHelp: (visitId, seatId, answer) =>
      act((signalling) => signalling.request('help:answer', { visitId, seatId, answer })),
    judgeAdvice: (visitId, adviceId, judgement) =>
      act((signalling) => signalling.request('advice:judge', { visitId, adviceId, judgement })),
    putBackSeat: (visitId, seatId, reason) =>
      act((signalling) => signalling.request('seat:putBack', { visitId, seatId, reason })),
    removeSeat: (visitId, seatId, reason) =>
      act((signalling) => signalling.request('seat:remove', { visitId, seatId, reason })),
    resumeVisit: (visitId) => act((signalling) => signalling.request('visit:resume', { visitId })),
    goOnUnrecorded: (visitId, reason) =>
      act((signalling) => signalling.request('visit:goOnUnrecorded', { visitId, reason })),
    extendVisit: (visitId, minutes) =>
      act((signalling) => signalling.request('visit:extend', { visitId, minutes })),
    endVisit: (visitId, reason, text) =>
      act((signalling) =>
        signalling.request('visit:end', { visitId, reason, ...(text ? { text } : {}) }),
      ),
  }
}

/** A speech ends with the link, and where another has taken its place. */
function heed(speech: Speech, happening: WallHappening): void {
  if (happening.what === 'linkLost') speech.lost()
  if (happening.what !== 'visitChanged') return
  const { visitId, interventions } = happening.visit
  speech.sees({ visitId, speakerId: interventions.speakerId })
}

function notOpen(): Reply {
  return { ok: false, code: NOT_OPEN }
}
