import { EventEmitter } from 'node:events'
import type { types } from 'mediasoup-client'
import { expect, test, vi } from 'vitest'
import { connectAhead } from './media-library.ts'

const DTLS = { role: 'client', fingerprints: [] } as const

/** A transport as the library makes it, in as far as it asks to be connected. */
function aTransport() {
  const transport = Object.assign(new EventEmitter(), { id: 'transport-1', closed: false })
  const asksToConnect = () => {
    const done = vi.fn()
    transport.emit('connect', { dtlsParameters: DTLS }, done, vi.fn())
    return done
  }
  return { transport, library: transport as unknown as types.Transport, asksToConnect }
}

test('ICE does not wait for the answer of the SFU', () => {
  const { library, asksToConnect } = aTransport()
  const connect = vi.fn(() => new Promise<void>(() => undefined))
  connectAhead(library, connect, vi.fn())
  expect(asksToConnect()).toHaveBeenCalledOnce()
  expect(connect).toHaveBeenCalledWith({ transportId: 'transport-1', dtlsParameters: DTLS })
})

test('a transport that the SFU will never know of is broken, unless it is closed by then', async () => {
  const { transport, library, asksToConnect } = aTransport()
  const onBroken = vi.fn()
  const refused = Promise.reject(new Error('TRANSPORT_NOT_FOUND'))
  connectAhead(library, () => refused, onBroken)
  asksToConnect()
  await vi.waitFor(() => expect(onBroken).toHaveBeenCalledOnce())
  transport.closed = true
  asksToConnect()
  await refused.catch(() => undefined)
  expect(onBroken).toHaveBeenCalledOnce()
})
