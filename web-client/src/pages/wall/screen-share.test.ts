import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shareOut } from './screen-share.ts'

it('[OV-4] a second screen gets the calmer half', () => {
  expect([...shareOut(['a', 'b', 'c', 'd', 'e'], new Set())]).toEqual(['d', 'e'])
})

it('keeps what each screen has as far as both are even', () => {
  expect([...shareOut(['x', 'a', 'b', 'c', 'd'], new Set(['c', 'd']))]).toEqual(['c', 'd'])
  expect([...shareOut(['a', 'c', 'd'], new Set(['c', 'd']))]).toEqual(['c', 'd'])
  expect([...shareOut(['a', 'b', 'c', 'd'], new Set(['b', 'c', 'd']))]).toEqual(['c', 'd'])
})

it('shares out tiles only, and evenly', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'))
  fc.assert(
    fc.property(ids, ids, (tiles, before) => {
      const theirs = shareOut(tiles, new Set(before))
      for (const visitId of theirs) expect(tiles).toContain(visitId)
      expect(Math.abs(tiles.length - 2 * theirs.size)).toBeLessThanOrEqual(1)
      expect(shareOut(tiles, theirs)).toEqual(theirs)
    }),
  )
})
