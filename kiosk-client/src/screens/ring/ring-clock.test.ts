import { expect, it } from 'vitest'
import { endWithoutAnswer, ringLeftMs } from './ring-clock.ts'

const UNTIL_MS = Date.UTC(2026, 10, 22, 12)
const ring = { ringsUntil: new Date(UNTIL_MS).toISOString() }

it('counts down to nothing and no further', () => {
  expect(ringLeftMs(ring, UNTIL_MS - 45_000)).toBe(45_000)
  expect(ringLeftMs(ring, UNTIL_MS + 1)).toBe(0)
})

it('[BK-8] is missed when nobody can answer it any more, even if the server cannot be asked', () => {
  expect(endWithoutAnswer(ring, UNTIL_MS + 10_000)).toBeNull()
  expect(endWithoutAnswer(ring, UNTIL_MS + 10_001)).toBe('MISSED')
})
