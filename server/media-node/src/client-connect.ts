import type { types } from 'mediasoup'
import { Refusal } from '@visavis/contract/errors'

/** Connects the transports of one client, each once. */
export class ClientConnect {
  readonly #connecting = new Map<string, Promise<void>>()

  /**
   * Takes the client's DTLS parameters for one of its transports; a repeated call has the first one's
   * result. Refuses with TRANSPORT_NOT_FOUND, or with BAD_REQUEST what the library does not take.
   */
  async connect(
    transports: readonly types.WebRtcTransport[],
    transportId: string,
    dtlsParameters: types.DtlsParameters,
  ): Promise<void> {
    const transport = transports.find(({ id }) => id === transportId)
    if (!transport) throw new Refusal('TRANSPORT_NOT_FOUND')
    const connecting = this.#connecting.get(transportId) ?? transport.connect({ dtlsParameters })
    this.#connecting.set(transportId, connecting)
    await connecting.catch((error: unknown) => {
      this.#connecting.delete(transportId)
      throw new Refusal('BAD_REQUEST', {
        fields: [{ field: 'dtlsParameters', cure: messageOf(error) }],
      })
    })
  }
}

/** What the library says of a failure. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
