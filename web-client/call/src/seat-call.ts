import { Fault, Refusal } from '@visavis/contract/errors'
import { createCallFigures } from './call-figures.ts'
import { createQualityWishes } from './quality-wishes.ts'
import { openSeatConnection } from './seat-connection.ts'
import type { SeatConnection } from './seat-connection.ts'
import { replyOf } from './reply-of.ts'
import { isOver, nextSeatState } from './seat-state.ts'
import type { SeatHappening } from './seat-state.ts'
import { createStore, waitForState } from './store.ts'
import { createMarks } from './timings.ts'
import type { Reply, SeatCall, SeatCallOptions, SeatCallState, Store } from './types.ts'

/** How long pressing "end" waits for a lost link before it gives up. */
const END_PATIENCE_MS = 15_000

/** Makes the call of one seat, idle until it joins. */
export function createSeatCall(options: SeatCallOptions): SeatCall {
  const store = createStore<SeatCallState>({ phase: 'idle' })
  let connection: SeatConnection | null = null
  let marks = createMarks()
  const { wishes = createQualityWishes(null) } = options
  const { hear: onSample, ...figures } = createCallFigures()
  const drop = (): void => {
    connection?.close()
    connection = null
  }
  const tell = (happening: SeatHappening): void => {
    const next = nextSeatState(store.getState(), happening)
    // Let go before anybody is told, so that a listener may join again at once.
    if (isOver(next)) drop()
    store.setState(next)
  }
  const ask = async (request: (joined: SeatConnection) => Promise<unknown>): Promise<Reply> =>
    connection === null ? { ok: false, code: 'NOT_JOINED' } : replyOf(request(connection))
  return {
    ...{ wishes, usedBytes: figures.usedBytes, onSample: figures.onSample },
    getState: store.getState,
    subscribe: store.subscribe,
    join(visitId, local) {
      drop()
      marks = createMarks()
      figures.beginAnew()
      marks.reach('joinAskedMs')
      connection = openSeatConnection({
        ...{ ...options, visitId, local, marks, wishes, tell, onSample },
      })
      tell({ what: 'joining', visitId })
    },
    end: () => endCall(store, () => connection),
    together: (seatIds) => ask((joined) => joined.together(seatIds)),
    acknowledge: (warningId) => ask((joined) => joined.acknowledge(warningId)),
    help: (need) => ask((joined) => joined.help({ need, figures: figures.helpFigures() })),
    leave() {
      connection?.leave()
      connection = null
      tell({ what: 'left' })
    },
    close: () => tell({ what: 'left' }),
    timings: () => marks.timings(),
  }
}

async function endCall(
  store: Store<SeatCallState>,
  connection: () => SeatConnection | null,
): Promise<void> {
  const isReady = await waitForState(store, isLinkedOrOver, END_PATIENCE_MS)
  if (!isReady) throw new Fault('the link did not come back')
  try {
    await connection()?.end()
  } catch (error) {
    // The news of the end came before the answer, and with it we hung up.
    if (!isOver(store.getState())) throw error
  }
  if (isOver(store.getState())) requireEnded(store.getState())
}

function requireEnded({ phase }: SeatCallState): void {
  if (phase !== 'ended') throw new Refusal('NOT_JOINED')
}

function isLinkedOrOver(state: SeatCallState): boolean {
  return isOver(state) || (state.phase === 'joined' && state.link === 'connected')
}
