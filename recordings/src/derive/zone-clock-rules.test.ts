import { expect, it } from 'vitest'
import { offsetName, zoneSpans } from './zone-clock-rules.ts'

const at = (instant: string) => Date.parse(instant)
const HOUR_MS = 3_600_000

it('a zone that keeps its clock has one stretch', () => {
  const [fromMs, toMs] = [at('2026-11-22T15:00:00.500Z'), at('2026-11-22T15:30:00Z')]
  expect(zoneSpans({ fromMs, toMs }, 'Asia/Krasnoyarsk')).toEqual([
    { fromMs, toMs, aheadMs: 7 * HOUR_MS },
  ])
  expect(zoneSpans({ fromMs, toMs }, 'Europe/London')).toEqual([{ fromMs, toMs, aheadMs: 0 }])
})

it('a clock that is put forward or back begins another stretch in the very second', () => {
  const spring = { fromMs: at('2026-03-29T00:20:10.200Z'), toMs: at('2026-03-29T01:30:00Z') }
  const changedMs = at('2026-03-29T01:00:00Z')
  expect(zoneSpans(spring, 'Europe/Berlin')).toEqual([
    { fromMs: spring.fromMs, toMs: changedMs, aheadMs: HOUR_MS },
    { fromMs: changedMs, toMs: spring.toMs, aheadMs: 2 * HOUR_MS },
  ])
  const autumn = { fromMs: at('2026-11-01T05:30:00Z'), toMs: at('2026-11-01T06:30:00Z') }
  expect(zoneSpans(autumn, 'America/New_York').map(({ aheadMs }) => aheadMs)).toEqual([
    -4 * HOUR_MS,
    -5 * HOUR_MS,
  ])
})

it('an offset is written with its sign, hours and minutes', () => {
  expect(offsetName(0)).toBe('UTC+00:00')
  expect(offsetName(-3.5 * HOUR_MS)).toBe('UTC-03:30')
  expect(offsetName(5.75 * HOUR_MS)).toBe('UTC+05:45')
})
