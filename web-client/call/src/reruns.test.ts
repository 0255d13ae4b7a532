import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createReruns } from './reruns.ts'
import type { RunResult } from './reruns.ts'

const PAUSE_MS = 100

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A task whose runs the test ends by hand, counting how many overlap. */
function createBench() {
  const open: ((result: RunResult) => void)[] = []
  const seen = { starts: 0, mostAtOnce: 0 }
  const reruns = createReruns(
    () => {
      seen.starts += 1
      return new Promise<RunResult>((resolve) => {
        open.push(resolve)
        seen.mostAtOnce = Math.max(seen.mostAtOnce, open.length)
      })
    },
    () => PAUSE_MS,
  )
  const finish = async (result: RunResult): Promise<void> => {
    open.shift()?.(result)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { reruns, seen, finish, isRunning: () => open.length > 0 }
}

test('many asks during a run make one more run', async () => {
  const { reruns, seen, finish } = createBench()
  reruns.ask()
  reruns.ask()
  reruns.ask()
  await finish('done')
  expect(seen).toEqual({ starts: 2, mostAtOnce: 1 })
  await finish('done')
  expect(seen.starts).toBe(2)
})

test('a failed run is tried again after a pause, and an ask ends the pause', async () => {
  const { reruns, seen, finish } = createBench()
  reruns.ask()
  await finish('retry')
  expect(seen.starts).toBe(1)
  await vi.advanceTimersByTimeAsync(PAUSE_MS)
  expect(seen.starts).toBe(2)
  await finish('retry')
  reruns.ask()
  expect(seen.starts).toBe(3)
})

test('after a close nothing runs any more', async () => {
  const { reruns, seen, finish } = createBench()
  reruns.ask()
  reruns.ask()
  reruns.close()
  await finish('retry')
  reruns.ask()
  await vi.advanceTimersByTimeAsync(PAUSE_MS * 10)
  expect(seen.starts).toBe(1)
})

test('whatever happens, runs never overlap and each ask is followed by a run', async () => {
  const step = fc.constantFrom('ask', 'done', 'retry', 'wait', 'time')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { reruns, seen, finish, isRunning } = createBench()
      for (const each of steps) {
        const startsBefore = seen.starts
        const wasRunning = isRunning()
        if (each === 'ask') {
          reruns.ask()
          if (wasRunning) await finish('done')
          expect(seen.starts).toBe(startsBefore + 1)
        } else if (each === 'time') await vi.advanceTimersByTimeAsync(PAUSE_MS)
        else await finish(each)
      }
      expect(seen.mostAtOnce).toBeLessThanOrEqual(1)
      reruns.close()
    }),
  )
})
