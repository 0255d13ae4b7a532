import { describe, expect, it } from 'vitest'
import { readableLine } from './log-line.mjs'

const time = '2026-11-22T00:37:31.275Z'

describe('a log line for a person', () => {
  it('is the time, the message and the details', () => {
    const line = JSON.stringify({ level: 30, time, process: 'recorder', port: 4200, msg: 'ready' })
    expect(readableLine(line)).toMatch(/^\d\d:\d\d:\d\d ready {2}port=4200$/)
  })

  it('says when something is wrong, with the reason', () => {
    const err = { type: 'Error', message: 'no disk', stack: 'Error: no disk\n  at write' }
    const line = JSON.stringify({ level: 50, time, err, msg: 'segment lost' })
    expect(readableLine(line)).toContain('error: segment lost  err=Error: no disk')
  })

  it('leaves alone what is no log record', () => {
    for (const line of ['listening', '{', '{"a":1}', '{}', '']) {
      expect(readableLine(line)).toBe(line)
    }
  })
})
