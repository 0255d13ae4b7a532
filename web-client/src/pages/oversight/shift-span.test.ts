import { describe, expect, it } from 'vitest'
import { spanOf } from './shift-span.ts'

const at = (instant: string, timeZone: string) => ({ nowMs: Date.parse(instant), timeZone })

describe('spanOf', () => {
  it('is a day of the facility, whatever the reader’s clock says', () => {
    const now = at('2026-11-22T20:30:00.000Z', 'Asia/Krasnoyarsk')
    expect(spanOf('today', now)).toEqual({
      from: '2026-11-22T17:00:00.000Z',
      to: '2026-11-23T17:00:00.000Z',
    })
    expect(spanOf('yesterday', now)).toEqual({
      from: '2026-11-21T17:00:00.000Z',
      to: '2026-11-22T17:00:00.000Z',
    })
    expect(spanOf('last8', now).from).toBe('2026-11-22T12:30:00.000Z')
  })

  it('has 23 and 25 hours where clocks are set', () => {
    expect(spanOf('today', at('2026-03-29T10:00:00.000Z', 'Europe/London'))).toEqual({
      from: '2026-03-29T00:00:00.000Z',
      to: '2026-03-29T23:00:00.000Z',
    })
    expect(spanOf('yesterday', at('2026-10-26T00:30:00.000Z', 'Europe/London'))).toEqual({
      from: '2026-10-24T23:00:00.000Z',
      to: '2026-10-26T00:00:00.000Z',
    })
  })
})
