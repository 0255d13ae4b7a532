import type { ErrorCode } from '@visavis/contract/errors'
import { replyOf } from './reply-of.ts'
import { createStore } from './store.ts'
import type { Reply, WallFeed, WallFeedOptions, WallState } from './types.ts'
import { openWallConnection } from './wall-connection.ts'
import type { WallConnection } from './wall-connection.ts'
import type { WallSignalling } from './router-reception.ts'
import { nextWallState } from './wall-state.ts'
import type { WallHappening } from './wall-state.ts'

/** What an act is answered while no wall is open. */
const NOT_OPEN: ErrorCode = 'NOT_JOINED'

/** Makes an officer's wall, idle until it is opened. */
export function createWallFeed({ origin }: WallFeedOptions = {}): WallFeed {
  const store = createStore<WallState>({ phase: 'idle' })
  let connection: WallConnection | null = null

  const drop = (): void => {
    connection?.close()
    connection = null
  }
  const tell = (happening: WallHappening): void => {
    const next = nextWallState(store.getState(), happening)
    // Let go before anybody is told, so that a listener may open again at once.
    if (next.phase === 'idle' || next.phase === 'refused') drop()
    store.setState(next)
  }
  const act = (request: (signalling: WallSignalling) => Promise<unknown>): Promise<Reply> =>
    connection ? replyOf(request(connection.signalling)) : Promise.resolve(notOpen())

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    open(facilityId) {
      drop()
      connection = openWallConnection({ facilityId, origin, tell })
      tell({ what: 'opening' })
    },
    watch(visitIds, focusVisitId) {
      connection?.watchList.want({ visitIds, focusVisitId })
      tell({ what: 'focused', visitId: focusVisitId })
    },
    checkSeat: (visitId, seatId) =>
      act((signalling) => signalling.request('seat:check', { visitId, seatId })),
    admitSeat: (visitId, seatId) =>
      act((signalling) => signalling.request('seat:admit', { visitId, seatId })),
    refuseSeat: (visitId, seatId, reason) =>
      act((signalling) => signalling.request('seat:refuse', { visitId, seatId, reason })),
    answerHelp: (visitId, seatId, answer) =>
      act((signalling) => signalling.request('help:answer', { visitId, seatId, answer })),
    putBackSeat: (visitId, seatId, reason) =>
      act((signalling) => signalling.request('seat:putBack', { visitId, seatId, reason })),
    removeSeat: (visitId, seatId, reason) =>
      act((signalling) => signalling.request('seat:remove', { visitId, seatId, reason })),
    resumeVisit: (visitId) => act((signalling) => signalling.request('visit:resume', { visitId })),
    extendVisit: (visitId, minutes) =>
      act((signalling) => signalling.request('visit:extend', { visitId, minutes })),
    endVisit: (visitId, reason) =>
      act((signalling) => signalling.request('visit:end', { visitId, reason })),
    close: () => tell({ what: 'closed' }),
  }
}

function notOpen(): Reply {
  return { ok: false, code: NOT_OPEN }
}
