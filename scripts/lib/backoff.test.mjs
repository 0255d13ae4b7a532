import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterExit, backoffMs, HEALTHY_AFTER_MS, MOST_BOOT_FAILURES } from './backoff.mjs'

const crash = { code: null, wasReady: true, readyForMs: 10 }
const refusal = { code: 1, wasReady: false, readyForMs: 0 }

describe('restarting a process', () => {
  it('waits for nothing at first, then from 0.2 s to 5 s, never less than the time before', () => {
    expect([0, 1, 2].map(backoffMs)).toEqual([0, 200, 400])
    fc.assert(
      fc.property(fc.nat(1_000), (attempt) => {
        expect(backoffMs(attempt + 1)).toBeGreaterThanOrEqual(backoffMs(attempt))
        expect(backoffMs(attempt)).toBeLessThanOrEqual(5_000)
      }),
    )
  })

  it('starts at once again after a healthy half minute', () => {
    const past = { attempts: 7, bootFailures: 0 }
    const end = { ...crash, readyForMs: HEALTHY_AFTER_MS }
    expect(afterExit(past, end)).toMatchObject({ kind: 'restart', delayMs: 0, attempts: 1 })
    expect(afterExit(past, crash)).toMatchObject({ kind: 'restart', delayMs: 5_000 })
  })

  it('never gives up a process that has been ready', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(255), (attempts, bootFailures, code) => {
        const end = { code, wasReady: true, readyForMs: 0 }
        expect(afterExit({ attempts, bootFailures }, end).kind).toBe('restart')
      }),
    )
  })

  it('gives up a process that refuses to start three times in a row', () => {
    let past = { attempts: 0, bootFailures: 0 }
    for (let failures = 1; failures < MOST_BOOT_FAILURES; failures += 1) {
      const next = afterExit(past, refusal)
      expect(next).toMatchObject({ kind: 'restart', bootFailures: failures })
      past = /** @type {typeof past} */ (next)
    }
    expect(afterExit(past, refusal)).toEqual({ kind: 'give-up' })
  })

  it('counts only refusals: a crash during boot begins anew', () => {
    const past = { attempts: 2, bootFailures: 2 }
    expect(afterExit(past, { code: 139, wasReady: false, readyForMs: 0 })).toMatchObject({
      kind: 'restart',
      bootFailures: 0,
    })
  })
})
