import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FIRST_LAYOUT, TILE_SIZES, parseLayout } from './wall-layout.ts'

const layouts = fc.record({
  tileSize: fc.constantFrom(...TILE_SIZES),
  filter: fc.record({
    wing: fc.option(fc.string()),
    language: fc.option(fc.string()),
    visitClass: fc.constantFrom(null, 'social' as const, 'official' as const),
    onlyUrgent: fc.boolean(),
    search: fc.constant(''),
  }),
  focusVisitId: fc.option(fc.uuid()),
  hasKeys: fc.boolean(),
})

it('[OV-4] a kept layout comes back as it was', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      expect(parseLayout(JSON.stringify(layout))).toEqual(layout)
    }),
  )
})

it('takes whatever a browser has kept', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { filter, tileSize } = parseLayout(text)
      expect(TILE_SIZES).toContain(tileSize)
      expect(filter.search).toBe('')
    }),
  )
  expect(parseLayout(null)).toEqual(FIRST_LAYOUT)
})
