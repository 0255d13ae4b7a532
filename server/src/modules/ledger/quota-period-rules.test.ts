import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodOf } from './quota-period-rules.ts'

const KINDS = ['MONTH', 'FOUR_WEEKS', 'YEAR'] as const
/** Clock changes of the north and the south, one at midnight, and a zone without any. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Krasnoyarsk',
  'Pacific/Auckland',
  'America/Santiago',
]

describe('[BK-9] the period of an instant', () => {
  it('begins and ends at the facility’s own midnight', () => {
    const at = new Date('2026-10-31T18:00:00Z')
    expect(periodOf('MONTH', 'Asia/Krasnoyarsk', at)).toEqual({
      name: '2026-11',
      startsAt: new Date('2026-10-31T17:00:00Z'),
      renewsAt: new Date('2026-11-30T17:00:00Z'),
    })
    expect(periodOf('MONTH', 'Europe/Berlin', at).name).toBe('2026-10')
  })

  it('follows the wall clock across a clock change', () => {
    const period = periodOf('MONTH', 'Europe/Berlin', new Date('2026-10-10T00:00:00Z'))
    expect(period.startsAt).toEqual(new Date('2026-09-30T22:00:00Z'))
    expect(period.renewsAt).toEqual(new Date('2026-10-31T23:00:00Z'))
  })

  it('counts four weeks from Monday to Monday', () => {
    const period = periodOf('FOUR_WEEKS', 'America/New_York', new Date('2026-11-22T12:00:00Z'))
    expect(period.startsAt.getTime()).toBeLessThanOrEqual(Date.parse('2026-11-22T12:00:00Z'))
    expect(new Date(`${period.name}T12:00:00Z`).getUTCDay()).toBe(1)
  })

  it('holds its instant, and the next one begins where it ends', () => {
    const instants = fc.date({
      min: new Date('2015-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.constantFrom(...ZONES),
        instants,
        (kind, zone, at) => {
          const period = periodOf(kind, zone, at)
          expect(period.startsAt <= at && at < period.renewsAt).toBe(true)
          const next = periodOf(kind, zone, period.renewsAt)
          expect(next.startsAt).toEqual(period.renewsAt)
          expect(next.name > period.name).toBe(true)
          const last = periodOf(kind, zone, new Date(period.renewsAt.getTime() - 1))
          expect(last.name).toBe(period.name)
        },
      ),
    )
  })
})
