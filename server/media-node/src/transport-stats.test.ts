import { expect, test } from 'vitest'
import { TransportStats } from './transport-stats.ts'
import type { AskedTransport } from './transport-stats.ts'

/** A transport that says how often it was asked, and a clock in the test's hand. */
function aTransport() {
  let count = 0
  const getStats = async () => [{ rtpBytesReceived: (count += 1) }]
  return { transport: { getStats } as unknown as AskedTransport, asked: () => count }
}

test('what one has asked of a transport the other one is told, as long as it is recent', async () => {
  let nowMs = 0
  const stats = new TransportStats(() => nowMs)
  const { transport, asked } = aTransport()
  const first = await stats.now(transport)
  nowMs += 750
  expect(await stats.recent(transport)).toBe(first)
  expect(asked()).toBe(1)
  nowMs += 1
  expect(await stats.recent(transport)).not.toBe(first)
  expect(asked()).toBe(2)
})

test('[LV-5] whoever must know what is now asks, and transports are not confused', async () => {
  const stats = new TransportStats(() => 0)
  const [one, other] = [aTransport(), aTransport()]
  await stats.now(one.transport)
  await stats.now(one.transport)
  await stats.recent(other.transport)
  expect([one.asked(), other.asked()]).toEqual([2, 1])
})

test('a transport that is closed meanwhile has no figures', async () => {
  const stats = new TransportStats(() => 0)
  const closed = { getStats: () => Promise.reject(new Error('closed')) }
  expect(await stats.recent(closed)).toBeUndefined()
})
