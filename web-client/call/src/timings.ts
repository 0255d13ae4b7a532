import type { types } from 'mediasoup-client'
import type { CallTimings } from './types.ts'

/** Notes when each step of a join was first reached. */
export type Marks = {
  readonly reach: (step: keyof CallTimings) => void
  readonly timings: () => CallTimings
}

const NOTHING_YET: CallTimings = {
  joinAskedMs: null,
  joinedMs: null,
  sendIceMs: null,
  sendDtlsMs: null,
  receiveIceMs: null,
  receiveDtlsMs: null,
  firstConsumerMs: null,
  firstFrameMs: null,
}

/** Makes the marks of one join; the clock gives milliseconds. */
export function createMarks(nowMs: () => number = () => performance.now()): Marks {
  let timings = NOTHING_YET
  return {
    reach(step) {
      if (timings[step] !== null) return
      const startTime = nowMs()
      timings = { ...timings, [step]: startTime }
      // Browsers' own profilers and our benchmark find the steps by these names.
      performance.mark(`visavis:${step}`, { startTime })
    },
    timings: () => timings,
  }
}

/** Marks when a transport's ICE and DTLS come up, seen from a sender or receiver that uses it. */
export function markConnection(
  transport: types.Transport,
  user: { readonly transport: RTCDtlsTransport | null },
  marks: Marks,
): void {
  const direction = transport.direction === 'send' ? 'send' : 'receive'
  if (marks.timings()[`${direction}DtlsMs`] !== null) return
  // Null until the first negotiation is done.
  const dtls = (): RTCDtlsTransport | null => user.transport
  const look = (): void => {
    const iceState = dtls()?.iceTransport.state
    if (iceState === 'connected' || iceState === 'completed') marks.reach(`${direction}IceMs`)
    if (dtls()?.state === 'connected') marks.reach(`${direction}DtlsMs`)
  }
  // The library tells of both in one event, which comes early enough to listen for the rest.
  transport.once('connectionstatechange', () => {
    dtls()?.addEventListener('statechange', look)
    dtls()?.iceTransport.addEventListener('statechange', look)
    look()
  })
  transport.on('connectionstatechange', look)
}
