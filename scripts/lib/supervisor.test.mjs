import { afterEach, describe, expect, it, vi } from 'vitest'
import { isAlive } from './processes.mjs'
import { supervise } from './supervisor.mjs'

/** Longer than any of these processes lives when all is well. */
const SLOW_MS = 15_000

const READY = `process.on('disconnect', () => process.exit(0)); console.log('up'); setInterval(() => {}, 1e6)`

/** @type {import('./supervisor.mjs').Supervised[]} */
const running = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((unit) => unit.stop()))
})

/** @param {string} code the process's program @param {object} [spec] */
const start = (code, spec = {}) => {
  const seen = { lines: [], news: [], problems: [] }
  const unit = supervise(
    {
      name: 'probe',
      command: process.execPath,
      args: ['-e', code],
      env: process.env,
      hasChannel: true,
      isReady: async () => seen.lines.includes('up'),
      ...spec,
    },
    {
      onLine: (_name, line) => seen.lines.push(line),
      onNews: (_name, text) => seen.news.push(text),
      onGiveUp: (problem) => seen.problems.push(problem),
    },
  )
  running.push(unit)
  return { unit, seen }
}

describe('a supervised process', () => {
  it('is started again when it is killed', async () => {
    const { unit, seen } = start(READY)
    await unit.ready
    const first = unit.pid() ?? 0
    process.kill(first, 'SIGKILL')
    await vi.waitFor(() => expect(unit.pid()).not.toBe(first), SLOW_MS)
    await vi.waitFor(() => expect(unit.pid()).toBeGreaterThan(0), SLOW_MS)
    expect(seen.news.join()).toContain('SIGKILL')
  })

  it('takes what it has started itself with it', async () => {
    const code = `const { pid } = require('node:child_process').spawn('sleep', ['1000']); console.log('child ' + pid); ${READY}`
    const { unit, seen } = start(code)
    await unit.ready
    const child = Number(seen.lines.find((line) => line.startsWith('child '))?.slice(6))
    expect(isAlive(child)).toBe(true)
    await unit.stop()
    await vi.waitFor(() => expect(isAlive(child)).toBe(false), SLOW_MS)
  })

  it('that refuses to start is given up after three times, and says so once', async () => {
    const { unit, seen } = start(`console.error('PORT is no port'); process.exit(1)`)
    await expect(unit.ready).rejects.toThrow('refuses to start')
    expect(seen.lines).toEqual(['PORT is no port'])
    expect(seen.problems).toHaveLength(1)
    expect(unit.pid()).toBeUndefined()
  })

  it('that cannot be found is given up, too', async () => {
    const { unit, seen } = start('', { command: '/nowhere/probe' })
    await expect(unit.ready).rejects.toThrow('refuses to start')
    expect(seen.lines.join()).toContain('ENOENT')
  })

  it('ends in order and stays ended', async () => {
    const { unit, seen } = start(
      `process.on('SIGTERM', () => { console.log('bye'); process.exit(0) }); ${READY}`,
    )
    await unit.ready
    await Promise.all([unit.stop(), unit.stop()])
    await vi.waitFor(() => expect(seen.lines).toContain('bye'), SLOW_MS)
    expect(unit.pid()).toBeUndefined()
  })
})
