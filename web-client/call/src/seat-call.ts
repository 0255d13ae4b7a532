import { Fault, Refusal } from '@visavis/contract/errors'
import { openSeatConnection } from './seat-connection.ts'
import type { SeatConnection } from './seat-connection.ts'
import { isOver, nextSeatState } from './seat-state.ts'
import type { SeatHappening } from './seat-state.ts'
import type { StatsSample } from './stats-sampler.ts'
import { createStore, waitForState } from './store.ts'
import { createMarks } from './timings.ts'
import type { SeatCall, SeatCallOptions, SeatCallState } from './types.ts'

/** How long pressing "end" waits for a lost link before it gives up. */
const END_PATIENCE_MS = 15_000

/** Makes the call of one seat, idle until it joins. */
export function createSeatCall(options: SeatCallOptions): SeatCall {
  const store = createStore<SeatCallState>({ phase: 'idle' })
  let connection: SeatConnection | null = null
  let marks = createMarks()
  const sampleListeners = new Set<(sample: StatsSample) => void>()
  const onSample = (sample: StatsSample): void => {
    for (const listener of [...sampleListeners]) listener(sample)
  }

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
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    join(visitId, local) {
      drop()
      marks = createMarks()
      marks.reach('joinAskedMs')
      connection = openSeatConnection({ ...options, visitId, local, marks, tell, onSample })
      tell({ what: 'joining', visitId })
    },
    async end() {
      const isReady = await waitForState(store, isLinkedOrOver, END_PATIENCE_MS)
      if (!isReady) throw new Fault('the link did not come back')
      try {
        await connection?.end()
      } catch (error) {
        // The news of the end came before the answer, and with it we hung up.
        if (!isOver(store.getState())) throw error
      }
      if (isOver(store.getState())) requireEnded(store.getState())
    },
    leave() {
      connection?.leave()
      connection = null
      tell({ what: 'left' })
    },
    close: () => tell({ what: 'left' }),
    timings: () => marks.timings(),
    onSample(listener) {
      sampleListeners.add(listener)
      return () => void sampleListeners.delete(listener)
    },
  }
}

function requireEnded({ phase }: SeatCallState): void {
  if (phase !== 'ended') throw new Refusal('NOT_JOINED')
}

function isLinkedOrOver(state: SeatCallState): boolean {
  return isOver(state) || (state.phase === 'joined' && state.link === 'connected')
}
