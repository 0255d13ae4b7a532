import { Prisma } from '@visavis/prisma'
import { describe, expect, it } from 'vitest'
import { isDatabaseGone } from './database-gone.ts'

const withCode = (code: string, cause?: unknown) =>
  Object.assign(new Error('x', { cause }), { code })

describe('isDatabaseGone', () => {
  it.each(['P1001', 'P2024', 'ECONNREFUSED'])('knows %s', (code) => {
    expect(isDatabaseGone(withCode(code))).toBe(true)
    expect(isDatabaseGone(withCode('P2010', withCode(code)))).toBe(true)
  })

  it.each(['P2002', 'P2025', '23505', 'ENOENT'])('leaves %s to be what it is', (code) => {
    expect(isDatabaseGone(withCode(code))).toBe(false)
  })

  it('is not confused by what is no error', () => {
    for (const thing of [null, undefined, 'P1001', 7, {}]) expect(isDatabaseGone(thing)).toBe(false)
  })

  it('knows what pg says without a code', () => {
    expect(isDatabaseGone(new Error('Connection terminated unexpectedly'))).toBe(true)
    expect(isDatabaseGone(new Error('Received unexpected dataRow message'))).toBe(false)
  })

  const fromRawQuery = (cause: object) =>
    new Prisma.PrismaClientKnownRequestError('raw', {
      code: 'P2010',
      clientVersion: '7',
      meta: { driverAdapterError: { cause } },
    })
  const fromCommit = (cause: object) => new Error('driver', { cause })

  it.each([fromRawQuery, fromCommit])('knows what the driver says: %o', (of) => {
    expect(isDatabaseGone(of({ kind: 'DatabaseNotReachable' }))).toBe(true)
    expect(isDatabaseGone(of({ kind: 'ConnectionClosed' }))).toBe(true)
    expect(isDatabaseGone(of({ kind: 'postgres', originalCode: '57P01' }))).toBe(true)
    expect(isDatabaseGone(of({ kind: 'postgres', originalCode: '23505' }))).toBe(false)
    expect(isDatabaseGone(of({ kind: 'UniqueConstraintViolation' }))).toBe(false)
  })
})
