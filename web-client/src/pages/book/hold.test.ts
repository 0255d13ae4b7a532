import { describe, expect, it } from 'vitest'
import { holdPhase, leftUntil, referenceOf } from './hold.ts'

describe('[BK-2] the countdown of a hold', () => {
  it('is told at two minutes, at thirty seconds, and at the end', () => {
    expect([600_000, 120_001].map(holdPhase)).toEqual(['calm', 'calm'])
    expect([120_000, 30_001].map(holdPhase)).toEqual(['soon', 'soon'])
    expect([30_000, 1].map(holdPhase)).toEqual(['last', 'last'])
    expect([0, -1].map(holdPhase)).toEqual(['over', 'over'])
  })

  it('never counts below nothing', () => {
    expect(leftUntil('2026-11-22T10:00:10.000Z', Date.parse('2026-11-22T10:00:00Z'))).toBe(10_000)
    expect(leftUntil('2026-11-22T10:00:00.000Z', Date.parse('2026-11-22T11:00:00Z'))).toBe(0)
    expect(leftUntil(null, 0)).toBe(0)
  })
})

it('a reference is short enough to be said on the telephone', () => {
  expect(referenceOf('0192e5b0-1111-7abc-8def-0123456789ab')).toBe('4567 89AB')
})
