import { expect, it } from 'vitest'
import { restOf, troublesOf } from './operations-rules.ts'

const PARTS = (['OK', 'WARN', 'OFF', 'BAD', 'WARN'] as const).map((state, at) => ({ state, at }))

it('what is bad comes before what wants a look, and each stands once', () => {
  expect(troublesOf(PARTS).map(({ at }) => at)).toEqual([3, 1, 4])
  expect(restOf(PARTS).map(({ at }) => at)).toEqual([0, 2])
})
