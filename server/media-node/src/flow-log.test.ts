import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FlowLog } from './flow-log.ts'
import type { Seen } from './flow-log.ts'

const STARTED = 1_800_000_000_000
const flowing: Seen = { isFlowing: true, seats: { mother: 'OK', son: 'OK' } }
const cutOff: Seen = { isFlowing: false, seats: { mother: 'NO_TRANSPORT', son: 'OK' } }

function aLog() {
  let nowMs = 5_000
  const log = new FlowLog({ monotonicMs: () => nowMs, startedAtMs: STARTED })
  return {
    log,
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

describe('[LV-5] the flow log', () => {
  it('draws together what is alike, and keeps the instants of the world', () => {
    const { log, pass } = aLog()
    pass(100)
    log.begin()
    for (let look = 0; look < 4; look += 1) {
      pass(500)
      log.see(flowing)
    }
    pass(500)
    log.see(cutOff)
    expect(log.all()).toEqual([
      { ...flowing, fromMs: STARTED + 100, ms: 2_000 },
      { ...cutOff, fromMs: STARTED + 2_100, ms: 500 },
    ])
    expect(log.flowingMs).toBe(2_000)
  })

  it('counts up to the moment at which the visit is paused, and nothing after', () => {
    const { log, pass } = aLog()
    log.begin()
    pass(500)
    log.see(flowing)
    pass(230)
    log.end()
    pass(10_000)
    log.see(flowing)
    expect(log.flowingMs).toBe(730)
    log.begin()
    pass(500)
    log.see(flowing)
    expect(log.flowingMs).toBe(1_230)
    expect(log.all()).toHaveLength(2)
  })

  it('leaves a hole where nobody looked', () => {
    const { log, pass } = aLog()
    log.begin()
    pass(500)
    log.see(flowing)
    pass(60_000)
    log.see(flowing)
    expect(log.flowingMs).toBe(2_500)
    expect(log.all().map(({ fromMs, ms }) => [fromMs - STARTED, ms])).toEqual([
      [0, 500],
      [58_500, 2_000],
    ])
  })

  it('tells each stretch until it is closed, and keeps within bounds', () => {
    const { log, pass } = aLog()
    log.begin()
    pass(500)
    log.see(flowing)
    expect(log.takeNew()).toMatchObject([{ ms: 500 }])
    pass(500)
    log.see(flowing)
    expect(log.takeNew()).toMatchObject([{ ms: 1_000 }])
    for (let look = 0; look < 3_000; look += 1) {
      pass(500)
      log.see(look % 2 === 0 ? cutOff : flowing)
      expect(log.takeNew().length).toBeLessThanOrEqual(2)
    }
    expect(log.all().length).toBeLessThanOrEqual(1_000)
  })

  it('never counts more than has passed, whatever is seen when', () => {
    const step = fc.record({
      ms: fc.double({ min: 0, max: 5_000, noNaN: true }),
      act: fc.constantFrom('begin', 'end', 'flowing', 'cutOff'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { log, pass } = aLog()
        let passedMs = 0
        for (const { ms, act } of steps) {
          pass(ms)
          passedMs += ms
          if (act === 'begin') log.begin()
          else if (act === 'end') log.end()
          else log.see(act === 'flowing' ? flowing : cutOff)
        }
        expect(log.flowingMs).toBeLessThanOrEqual(passedMs + 1)
        const stretches = log.all()
        stretches.slice(1).forEach(({ fromMs }, index) => {
          const before = stretches[index]
          expect(fromMs).toBeGreaterThanOrEqual((before?.fromMs ?? 0) + (before?.ms ?? 0))
        })
      }),
    )
  })
})
