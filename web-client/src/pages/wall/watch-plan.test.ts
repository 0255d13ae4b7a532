import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aTile } from './wall-fixture.ts'
import { planWatch } from './watch-plan.ts'
import type { InView } from './watch-plan.ts'

const many = (count: number) => Array.from({ length: count }, () => aTile())
const aView = (over: Partial<InView>): InView => ({
  tiles: [],
  onScreen: new Set(),
  lingering: [],
  focusVisitId: null,
  isHidden: false,
  ...over,
})
const idsOf = (tiles: readonly { visitId: string }[]) => tiles.map(({ visitId }) => visitId)

describe('[OV-4] what a wall asks for', () => {
  it('is what is on screen, the first twenty-five moving and the rest still', () => {
    const tiles = many(60)
    const plan = planWatch(aView({ tiles, onScreen: new Set(idsOf(tiles.slice(0, 40))) }))
    expect(plan.visitIds).toEqual(idsOf(tiles.slice(0, 25)))
    expect(plan.stillVisitIds).toEqual(idsOf(tiles.slice(25, 40)))
  })

  it('keeps what was just scrolled away as long as there is room', () => {
    const tiles = many(28)
    const [first, second, third] = idsOf(tiles.slice(25))
    const view = aView({
      tiles,
      onScreen: new Set(idsOf(tiles.slice(0, 23))),
      lingering: [third ?? '', first ?? '', second ?? '', 'gone'],
    })
    expect(planWatch(view).visitIds).toEqual([...idsOf(tiles.slice(0, 23)), third, first])
  })

  it('is nothing while nobody sees the page', () => {
    const tiles = many(3)
    const focusVisitId = tiles[0]?.visitId ?? null
    const view = aView({ tiles, onScreen: new Set(idsOf(tiles)), focusVisitId, isHidden: true })
    expect(planWatch(view)).toEqual({
      ...{ visitIds: [], stillVisitIds: [] },
      ...{ focusVisitId: null, chosenVisitId: null },
    })
  })

  it('[OV-2] is never a visit that nobody may watch', () => {
    const secret = aTile({ policy: { monitor: 'NONE', isRecorded: false } })
    const over = aTile({ state: 'ENDED' })
    const onScreen = new Set([secret.visitId, over.visitId])
    const plan = planWatch(aView({ tiles: [secret, over], onScreen, focusVisitId: secret.visitId }))
    expect([...plan.visitIds, ...plan.stillVisitIds]).toEqual([])
    expect(plan).toMatchObject({ focusVisitId: null, chosenVisitId: secret.visitId })
  })

  it('keeps to the limit, has nothing twice, and never drops what is chosen or on screen', () => {
    const shape = fc.array(fc.constantFrom('seen', 'left', 'away'), { minLength: 1, maxLength: 90 })
    fc.assert(
      fc.property(shape, fc.nat(), (kinds, pick) => {
        const tiles = many(kinds.length)
        const of = (kind: string) => tiles.filter((_, at) => kinds[at] === kind)
        const focusVisitId = tiles[pick % tiles.length]?.visitId ?? null
        const onScreen = new Set(idsOf(of('seen')))
        const lingering = idsOf(of('left'))
        const plan = planWatch(aView({ tiles, onScreen, lingering, focusVisitId }))
        const all = [...plan.visitIds, ...plan.stillVisitIds]
        expect(plan.visitIds.length).toBeLessThanOrEqual(25)
        expect(plan.visitIds).toContain(focusVisitId)
        expect(new Set(all).size).toBe(all.length)
        for (const visitId of onScreen) expect(all).toContain(visitId)
        for (const visitId of idsOf(of('away'))) {
          if (visitId !== focusVisitId) expect(all).not.toContain(visitId)
        }
      }),
    )
  })
})
