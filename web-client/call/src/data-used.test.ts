import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOTHING_USED, usedAfter } from './data-used.ts'

const transport = (bytesSent: number, bytesReceived: number, packets: number) =>
  ({ bytesSent, bytesReceived, packets }) as never
const sample = (generation: number, [sent, received, packets = 0]: readonly number[]) => ({
  generation,
  send: { transport: transport(sent ?? 0, 0, packets), tracks: [] },
  receive: { transport: transport(0, received ?? 0, 0), tracks: [] },
})

test('[LV-9] what is used counts both directions and the headers that the browser does not', () => {
  const first = usedAfter(NOTHING_USED, sample(1, [1_000, 500, 10]))
  expect(first.bytes).toBe(1_780)
  expect(usedAfter(first, sample(1, [1_500, 600, 12])).bytes).toBe(1_780 + 600 + 56)
})

test('[LV-9] what was used stays used when transports or ways change', () => {
  const first = usedAfter(NOTHING_USED, sample(1, [1_000, 1_000]))
  expect(usedAfter(first, sample(2, [300, 0])).bytes).toBe(2_300)
  expect(usedAfter(first, sample(1, [100, 1_000])).bytes).toBe(2_100)
  const none = {
    generation: 1,
    send: { transport: null, tracks: [] },
    receive: { transport: null, tracks: [] },
  }
  expect(usedAfter(first, none).bytes).toBe(2_000)
})

test('[LV-9] it never falls', () => {
  const step = fc.tuple(fc.nat(3), fc.nat(1e6), fc.nat(1e6), fc.nat(1e3))
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let used = NOTHING_USED
      for (const [generation, sent, received, packets] of steps) {
        const next = usedAfter(used, sample(generation, [sent, received, packets]))
        expect(next.bytes).toBeGreaterThanOrEqual(used.bytes)
        used = next
      }
    }),
  )
})
