import { describe, expect, it } from 'vitest'
import { isBlackedOut } from './blackout-rules.ts'
import type { BlackoutScope } from './blackout-rules.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 30, hour))
const slot = (wings: string[] = []) => ({ startsAt: at(9), endsAt: at(10), wings })
const over = (scope: BlackoutScope, wing: string | null = null) => ({
  scope,
  wing,
  startsAt: at(8),
  endsAt: at(12),
})

describe('[BK-7] a slot that nobody can come to', () => {
  it.each<[BlackoutScope, boolean]>([
    ['ESTATE', true],
    ['FACILITY', true],
    ['TERMINAL', false],
    ['LINK_CENTRE', false],
    ['LINK_CENTRE_ROOM', false],
  ])('under a blackout of scope %s: %s', (scope, isOver) => {
    expect(isBlackedOut(slot(), [over(scope)], ['A'])).toBe(isOver)
  })

  it('is one whose wings are all closed', () => {
    const [a, b] = [over('WING', 'A'), over('WING', 'B')]
    expect(isBlackedOut(slot(['A']), [a], ['A', 'B'])).toBe(true)
    expect(isBlackedOut(slot(['A', 'B']), [a], ['A', 'B'])).toBe(false)
    expect(isBlackedOut(slot(), [a], ['A', 'B'])).toBe(false)
    expect(isBlackedOut(slot(), [a, b], ['A', 'B'])).toBe(true)
    expect(isBlackedOut(slot(), [], [])).toBe(false)
  })

  it('is not one that ends when the blackout begins, or begins when it ends', () => {
    const before = { ...over('FACILITY'), startsAt: at(10) }
    const after = { ...over('FACILITY'), startsAt: at(7), endsAt: at(9) }
    expect(isBlackedOut(slot(), [before, after], [])).toBe(false)
  })
})
