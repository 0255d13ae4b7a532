import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runGroup } from './group-run.mjs'
import { isAlive } from './processes.mjs'

/** Longer than any of these processes lives when all is well. */
const SLOW_MS = 15_000

/** Starts a process of its own, writes down both ids and stays. */
const PARENT = `
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
const child = spawn(process.execPath, ['-e', process.argv[3] + 'setInterval(() => {}, 1e6)'])
const write = () => writeFileSync(process.argv[2], JSON.stringify([process.pid, child.pid]))
child.stdout.once('data', write)
setInterval(() => {}, 1e6)
`

/** @type {string} */
let folder
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visavis-group-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** @param {string} childCode @param {number} graceMs */
const start = async (childCode, graceMs) => {
  const [program, idsFile] = [path.join(folder, 'parent.mjs'), path.join(folder, 'ids')]
  writeFileSync(program, PARENT)
  const interruption = new AbortController()
  const args = [program, idsFile, `${childCode}; console.log('up'); `]
  const options = { env: process.env, interrupted: interruption.signal, graceMs }
  const ended = runGroup(args, options)
  const ids = await vi.waitFor(() => JSON.parse(readFileSync(idsFile, 'utf8')), SLOW_MS)
  return { ended, ids, interrupt: () => interruption.abort() }
}

describe('a program that is interrupted', () => {
  it('ends with all that it has started', async () => {
    const { ended, ids, interrupt } = await start('', SLOW_MS)
    expect(ids.map(isAlive)).toEqual([true, true])
    interrupt()
    expect(await ended).toBe(1)
    await vi.waitFor(() => expect(ids.map(isAlive)).toEqual([false, false]), SLOW_MS)
  })

  it('takes along what does not listen', async () => {
    const deaf = `process.on('SIGTERM', () => undefined)`
    const { ended, ids, interrupt } = await start(deaf, 100)
    interrupt()
    await ended
    await vi.waitFor(() => expect(ids.map(isAlive)).toEqual([false, false]), SLOW_MS)
  })
})

it('a program that is over gives its exit code', async () => {
  const program = path.join(folder, 'seven.mjs')
  writeFileSync(program, 'process.exit(7)')
  const { signal: interrupted } = new AbortController()
  expect(await runGroup([program], { env: process.env, interrupted })).toBe(7)
})
