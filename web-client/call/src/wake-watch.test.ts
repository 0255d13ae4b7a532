import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchForWakes } from './wake-watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const sight = (state: DocumentVisibilityState): DocumentVisibilityState => state

function createBench() {
  const page = new EventTarget()
  const connection = new EventTarget()
  const document = Object.assign(new EventTarget(), {
    visibilityState: sight('visible'),
  })
  const onWake = vi.fn<() => void>()
  const stop = watchForWakes(onWake, { page, document, connection, nowMs: () => Date.now() })
  return { page, document, connection, onWake, stop }
}

test('[LV-8] a machine that slept is noticed at its next beat, one that is only slow is not', () => {
  const { onWake, stop } = createBench()
  vi.advanceTimersByTime(60_000)
  expect(onWake).not.toHaveBeenCalled()
  vi.setSystemTime(Date.now() + 20_000)
  vi.advanceTimersByTime(1_000)
  expect(onWake).toHaveBeenCalledTimes(1)
  // The clock was set back by hand.
  vi.setSystemTime(Date.now() - 3_600_000)
  vi.advanceTimersByTime(5_000)
  expect(onWake).toHaveBeenCalledTimes(1)
  stop()
})

test('[LV-8] a network that returns or changes and a page that is seen again are wakes', () => {
  const { page, document, connection, onWake, stop } = createBench()
  page.dispatchEvent(new Event('online'))
  connection.dispatchEvent(new Event('change'))
  page.dispatchEvent(new Event('pageshow'))
  document.dispatchEvent(new Event('visibilitychange'))
  expect(onWake).toHaveBeenCalledTimes(4)
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(onWake).toHaveBeenCalledTimes(4)
  stop()
  page.dispatchEvent(new Event('online'))
  vi.setSystemTime(Date.now() + 60_000)
  vi.advanceTimersByTime(2_000)
  expect(onWake).toHaveBeenCalledTimes(4)
})
