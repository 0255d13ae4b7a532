import type { types } from 'mediasoup'

/** How the SFU sees one transport. */
export type TransportState = { readonly ice: types.IceState; readonly dtls: types.DtlsState }

const isUp = ({ ice, dtls }: TransportState): boolean =>
  (ice === 'connected' || ice === 'completed') && dtls === 'connected'

const isDown = ({ ice, dtls }: TransportState): boolean =>
  ice === 'disconnected' || ice === 'closed' || dtls === 'failed' || dtls === 'closed'

/**
 * Whether a peer is there: something is up and nothing is down. A transport that was never begun does
 * not count, since a client connects its receiving one only when there is something to receive.
 */
export function isConnected(transports: readonly TransportState[]): boolean {
  return transports.some(isUp) && !transports.some(isDown)
}
