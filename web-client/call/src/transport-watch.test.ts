import { EventEmitter } from 'node:events'
import type { types } from 'mediasoup-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Fault, Refusal } from '@visavis/contract/errors'
import { PATIENCE_MS } from './transport-health.ts'
import { watchTransport } from './transport-watch.ts'
import type { TransportWatchOptions } from './transport-watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const ICE: types.IceParameters = { usernameFragment: 'u', password: 'p' }

/** A watched transport without a browser; `answer` is the SFU's to the next restart. */
function createBench(answer: () => Promise<types.IceParameters> = () => Promise.resolve(ICE)) {
  const transport = Object.assign(new EventEmitter(), {
    closed: false,
    restartIce: vi.fn(() => Promise.resolve()),
  })
  const restartIce = vi.fn(answer)
  const watch = watchTransport({
    transport: transport as unknown as TransportWatchOptions['transport'],
    restartIce,
    onChange: () => undefined,
  })
  const become = (...states: RTCPeerConnectionState[]): void => {
    for (const state of states) transport.emit('connectionstatechange', state)
  }
  return { watch, transport, restartIce, become }
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

test('[LV-8] a short loss of contact is waited out, a longer one restarts ICE once', async () => {
  const { watch, restartIce, transport, become } = createBench()
  become('connecting', 'connected', 'disconnected')
  await pass((PATIENCE_MS.wobbling ?? 0) - 1)
  expect(restartIce).not.toHaveBeenCalled()
  await pass(1)
  expect(restartIce).toHaveBeenCalledTimes(1)
  expect(transport.restartIce).toHaveBeenCalledWith({ iceParameters: ICE })
  become('failed', 'connecting', 'connected')
  await pass(60_000)
  expect(watch.health()).toBe('up')
})

test('[LV-8] when the network wakes, lost contact is not waited for, and what stands is left alone', async () => {
  const { watch, restartIce, become } = createBench()
  become('connected')
  watch.hurry()
  expect(restartIce).not.toHaveBeenCalled()
  become('disconnected')
  watch.hurry()
  watch.hurry()
  await pass()
  expect(restartIce).toHaveBeenCalledTimes(1)
})

test('[LV-8] a restart that does not help gives the transport up', async () => {
  const { watch, become } = createBench()
  become('connected', 'failed')
  await pass(PATIENCE_MS.restarting)
  expect(watch.health()).toBe('lost')
})

test('[LV-8] a restart that a passing trouble turned away is asked for again', async () => {
  const answers = [new Refusal('MEDIA_UNAVAILABLE'), new Fault('no answer')]
  const { watch, restartIce, become } = createBench(() => {
    const trouble = answers.shift()
    return trouble ? Promise.reject(trouble) : Promise.resolve(ICE)
  })
  become('connected', 'failed')
  await pass(2_000)
  expect(restartIce).toHaveBeenCalledTimes(3)
  become('connected')
  expect(watch.health()).toBe('up')
})

test('a transport that the SFU does not know is lost at once', async () => {
  const { watch, become } = createBench(() => Promise.reject(new Refusal('TRANSPORT_NOT_FOUND')))
  become('connected', 'failed')
  await pass()
  expect(watch.health()).toBe('lost')
})

test('[LV-8] without a link nothing is asked for; its return restarts what is still down', async () => {
  const { watch, restartIce, become } = createBench()
  become('connected')
  watch.linkLost()
  become('disconnected', 'failed')
  await pass(60_000)
  expect(restartIce).not.toHaveBeenCalled()
  watch.linkBack()
  expect(restartIce).toHaveBeenCalledTimes(1)
})

test('after a close, which may come twice, nothing happens any more', async () => {
  const { watch, restartIce, become } = createBench()
  become('connected', 'disconnected')
  watch.close()
  watch.close()
  become('failed')
  await pass(60_000)
  expect(restartIce).not.toHaveBeenCalled()
})
