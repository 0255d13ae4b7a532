import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_FILTER, choicesOf, filterTiles, isFiltering } from './wall-filter.ts'
import type { WallFilter } from './wall-filter.ts'
import { aPerson, aTile } from './wall-fixture.ts'

const ofWing = (wing: string, over = {}) =>
  aTile({ terminal: { name: `K-${wing}`, wing }, ...over })
const idsOf = (visits: readonly { visitId: string }[]) => visits.map(({ visitId }) => visitId)

describe('[OV-4] filters of the wall', () => {
  const inA = ofWing('A', { seats: [aPerson('Алёна Орлова')] })
  const inB = ofWing('B', { languages: ['tt'], visitClass: 'official', attention: 'ID_PENDING' })
  const shownBy = (filter: Partial<WallFilter>) =>
    idsOf(filterTiles([inA, inB], { ...NO_FILTER, ...filter }, null).shown)

  it('by wing, language, class, need of attention, terminal and name', () => {
    expect(shownBy({ wing: 'A' })).toEqual([inA.visitId])
    expect(shownBy({ language: 'tt' })).toEqual([inB.visitId])
    expect(shownBy({ visitClass: 'official' })).toEqual([inB.visitId])
    expect(shownBy({ onlyUrgent: true })).toEqual([inB.visitId])
    expect(shownBy({ search: 'k-b' })).toEqual([inB.visitId])
    expect(shownBy({ search: 'орл ален' })).toEqual([inA.visitId])
    expect(shownBy({ search: 'лова' })).toEqual([])
  })

  it('say what is hidden and yet urgent, and never hide the chosen visit', () => {
    const hidden = filterTiles([inA, inB], { ...NO_FILTER, wing: 'A' }, null)
    expect(idsOf(hidden.hiddenUrgent)).toEqual([inB.visitId])
    const chosen = filterTiles([inA, inB], { ...NO_FILTER, wing: 'A' }, inB.visitId)
    expect(idsOf(chosen.shown)).toEqual([inA.visitId, inB.visitId])
    expect(chosen.hiddenUrgent).toEqual([])
  })

  it('offer what there is', () => {
    expect(choicesOf([inB, inA])).toEqual({
      wings: ['A', 'B'],
      languages: ['ru', 'tt'],
      classes: ['official', 'social'],
    })
  })

  it('lose no visit: each is shown, or hidden and quiet, or counted', () => {
    const tile = fc
      .record({
        wing: fc.constantFrom('A', 'B'),
        attention: fc.constantFrom(null, 'HELP_CALLED' as const),
        language: fc.constantFrom('ru', 'tt'),
      })
      .map(({ wing, attention, language }) => ofWing(wing, { attention, languages: [language] }))
    const filter = fc.record({
      wing: fc.constantFrom(null, 'A', 'B'),
      language: fc.constantFrom(null, 'ru', 'tt'),
      onlyUrgent: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(tile), filter, (tiles, given) => {
        const wished = { ...NO_FILTER, ...given }
        const { shown, hiddenUrgent } = filterTiles(tiles, wished, null)
        const quiet = tiles.filter((each) => !shown.includes(each) && !hiddenUrgent.includes(each))
        for (const { attention } of quiet) expect(attention).toBeNull()
        expect(new Set([...shown, ...hiddenUrgent, ...quiet]).size).toBe(tiles.length)
        if (!isFiltering(wished)) expect(shown).toEqual(tiles)
      }),
    )
  })
})
