import { EventEmitter } from 'node:events'
import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepLinkUp } from './link-keeper.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** The part of socket.io's socket that is used here, moved by the test's hand. */
class HandSocket extends EventEmitter {
  connected = false
  active = true
  tries = 0
  connect(): this {
    this.tries += 1
    return this
  }
  disconnect(): this {
    if (this.connected) this.lose()
    return this
  }
  open(): void {
    this.connected = true
    this.emit('connect')
  }
  lose(): void {
    this.connected = false
    this.emit('disconnect')
  }
}

function createBench(probe: (() => Promise<void>) | null = null) {
  const socket = new HandSocket()
  let wake: () => void = () => undefined
  const told: string[] = []
  const stop = keepLinkUp({
    socket: Object.assign(socket, { off: () => socket.removeAllListeners() }) as unknown as Socket,
    listeners: {
      onConnected: () => told.push('connected'),
      onLost: () => told.push('lost'),
      onRefused: (code) => told.push(code),
    },
    probe,
    watchWakes: (onWake) => {
      wake = onWake
      return () => void (wake = () => undefined)
    },
  })
  return { socket, told, stop, wake: () => wake() }
}

const fail = (socket: HandSocket): void => void socket.emit('connect_error', new Error('network'))

test('[LV-8] a lost link is tried at once, then ever later, and afresh after it stood', () => {
  const { socket, told } = createBench()
  socket.open()
  socket.lose()
  for (const delay of [0, 300, 600, 600, 600, 600, 600, 1_200, 1_200, 2_400, 4_800]) {
    const { tries } = socket
    vi.advanceTimersByTime(Math.max(0, delay - 1))
    if (delay > 0) expect(socket.tries).toBe(tries)
    vi.advanceTimersByTime(1)
    expect(socket.tries).toBe(tries + 1)
    fail(socket)
  }
  socket.open()
  const { tries } = socket
  socket.lose()
  vi.advanceTimersByTime(1)
  expect(socket.tries).toBe(tries + 1)
  expect(told).toEqual(['connected', 'lost', 'connected', 'lost'])
})

test('[LV-8] a network that wakes is tried at once, in the middle of a wait', () => {
  const { socket, wake } = createBench()
  socket.open()
  socket.lose()
  for (let failures = 0; failures < 6; failures += 1) {
    vi.advanceTimersByTime(5_000)
    fail(socket)
  }
  const { tries } = socket
  wake()
  expect(socket.tries).toBe(tries + 1)
})

test('[LV-8] a link that stands by its own word is asked when the machine wakes, and renewed if silent', async () => {
  const answering = createBench(() => Promise.resolve())
  answering.socket.open()
  answering.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(answering.socket.tries).toBe(0)
  const silent = createBench(() => Promise.reject(new Error('no answer')))
  silent.socket.open()
  silent.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(silent.socket.tries).toBeGreaterThan(0)
  expect(silent.told).toEqual(['connected', 'lost'])
})

test('a refusal that will not pass ends the tries, one that may does not; a stop ends all', () => {
  const { socket, told, stop } = createBench()
  const refuse = (code: string): void => {
    socket.active = false
    socket.emit('connect_error', Object.assign(new Error(code), { data: { code } }))
  }
  refuse('DEPENDENCY_FAILED')
  vi.advanceTimersByTime(5_000)
  expect(socket.tries).toBe(1)
  refuse('NOT_SIGNED_IN')
  vi.advanceTimersByTime(60_000)
  expect(socket.tries).toBe(1)
  expect(told).toEqual(['NOT_SIGNED_IN'])
  refuse('DEPENDENCY_FAILED')
  stop()
  vi.advanceTimersByTime(60_000)
  expect(socket.tries).toBe(1)
})
