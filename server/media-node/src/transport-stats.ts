import type { types } from 'mediasoup'

/** An answer is shared for so long: whoever looks each half second comes before whoever looks each other one. */
const RECENT_MS = 750

/** What is asked; its identity names it. */
export type AskedTransport = {
  readonly getStats: () => Promise<readonly types.WebRtcTransportStat[]>
}

type Answer = { readonly atMs: number; readonly stat: Promise<TransportStat> }

/** What the worker counts of a transport; undefined: it is closed. */
export type TransportStat = types.WebRtcTransportStat | undefined

/** Asks the worker what it counts of transports: once for all who want to know. */
export class TransportStats {
  readonly #monotonicMs: () => number
  readonly #answers = new WeakMap<AskedTransport, Answer>()

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** As it is now. */
  now(transport: AskedTransport): Promise<TransportStat> {
    const stat = transport.getStats().then(
      ([first]) => first,
      () => undefined,
    )
    this.#answers.set(transport, { atMs: this.#monotonicMs(), stat })
    return stat
  }

  /** As it was at most {@link RECENT_MS} ago: what another one asked, if somebody did. */
  recent(transport: AskedTransport): Promise<TransportStat> {
    const known = this.#answers.get(transport)
    const isRecent = known !== undefined && this.#monotonicMs() - known.atMs <= RECENT_MS
    return isRecent ? known.stat : this.now(transport)
  }
}
