import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bridged } from './flow-rules.ts'

const seen = { isFlowing: true, seats: {} }

it('[LV-6] short holes between looks, at the start and at the end are no gaps', () => {
  const flow = [
    { ...seen, fromMs: 1_040, ms: 500 },
    { ...seen, fromMs: 1_600, ms: 400 },
  ]
  expect(bridged(flow, { startedMs: 1_000, endedMs: 3_000 })).toEqual([
    { ...seen, fromMs: 1_000, ms: 600 },
    { ...seen, fromMs: 1_600, ms: 1_400 },
  ])
})

it('[LV-6] a long hole stays one', () => {
  const flow = [
    { ...seen, fromMs: 1_000, ms: 500 },
    { ...seen, fromMs: 9_000, ms: 400 },
  ]
  expect(bridged(flow, { startedMs: 0, endedMs: 20_000 })).toEqual([
    { ...seen, fromMs: 0, ms: 1_500 },
    { ...seen, fromMs: 9_000, ms: 400 },
  ])
})

it('[LV-6] nothing is counted twice, and nothing before the start or after the end is added', () => {
  const steps = fc.array(fc.tuple(fc.nat(3_000), fc.nat(3_000)), { maxLength: 20 })
  fc.assert(
    fc.property(steps, fc.nat(5_000), (given, tail) => {
      let at = 10_000
      const flow = given.map(([hole, ms]) => {
        const fromMs = at + hole
        at = fromMs + ms
        return { ...seen, fromMs, ms }
      })
      const endedMs = at + tail
      const result = bridged(flow, { startedMs: 10_000, endedMs })
      result.forEach(({ fromMs, ms }, index) => {
        expect(fromMs).toBeGreaterThanOrEqual(10_000)
        expect(fromMs + ms).toBeLessThanOrEqual(result[index + 1]?.fromMs ?? endedMs)
      })
    }),
  )
})
