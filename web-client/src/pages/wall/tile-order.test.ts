import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_ORDER, QUIET, newFirst, nextOrder } from './tile-order.ts'
import type { Hand, WantedTile } from './tile-order.ts'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const FREE: Hand = { isBusy: false, chosenId: null }
const BUSY: Hand = { isBusy: true, chosenId: null }
const quiet = (visitId: string): WantedTile => ({ visitId, urgency: QUIET })
const urgent = (visitId: string, urgency = 1): WantedTile => ({ visitId, urgency })
/** As the page wishes them: most urgent first. */
const wish = (...tiles: WantedTile[]) => tiles.toSorted((a, b) => a.urgency - b.urgency)

describe('[OV-4] the order of the tiles', () => {
  const start = nextOrder(NO_ORDER, wish(quiet('a'), quiet('b'), quiet('c')), FREE)

  it('is by need of attention at first, and marks nothing', () => {
    const first = nextOrder(NO_ORDER, wish(quiet('a'), urgent('b')), FREE)
    expect(first.visitIds).toEqual(['b', 'a'])
    expect(first.moved.size).toBe(0)
  })

  it('changes when something more urgent comes, and says what has moved', () => {
    const next = nextOrder(start, wish(quiet('a'), quiet('b'), urgent('c')), FREE)
    expect(next.visitIds).toEqual(['c', 'a', 'b'])
    expect([...next.moved]).toEqual(['c'])
  })

  it('stays when something has become calm, or calm visits come', () => {
    const risen = nextOrder(start, wish(quiet('a'), quiet('b'), urgent('c')), FREE)
    const calm = nextOrder(risen, wish(quiet('d'), quiet('a'), quiet('b'), quiet('c')), FREE)
    expect(calm.visitIds).toEqual(['c', 'a', 'b', 'd'])
  })

  it('waits for the hand to leave, and says what waits', () => {
    const wanted = wish(quiet('a'), quiet('b'), urgent('c'), urgent('d'))
    const held = nextOrder(start, wanted, BUSY)
    expect(held.visitIds).toEqual(['a', 'b', 'c', 'd'])
    expect([...held.waiting]).toEqual(['c', 'd'])
    expect(nextOrder(held, wanted, BUSY)).toBe(held)
    expect(nextOrder(held, wanted, FREE).visitIds).toEqual(['c', 'd', 'a', 'b'])
    expect(newFirst(held, wanted, null).visitIds).toEqual(['c', 'd', 'a', 'b'])
  })

  it('puts what has calmed down and is urgent again first again', () => {
    const risen = nextOrder(start, wish(quiet('a'), quiet('b'), urgent('c')), FREE)
    const calm = nextOrder(risen, wish(quiet('a'), quiet('b'), quiet('c')), FREE)
    const other = nextOrder(calm, wish(quiet('a'), urgent('b'), quiet('c')), FREE)
    expect(other.visitIds).toEqual(['b', 'a', 'c'])
    const again = nextOrder(other, wish(quiet('a'), quiet('b'), urgent('c', 0)), FREE)
    expect(again.visitIds).toEqual(['c', 'a', 'b'])
  })

  const tiles = fc
    .uniqueArray(fc.constantFrom(...IDS), { minLength: 1 })
    .chain((ids) =>
      fc
        .array(fc.constantFrom(0, 1, 2, QUIET), { minLength: ids.length, maxLength: ids.length })
        .map((urgencies) => wish(...ids.map((id, at) => urgent(id, urgencies[at] ?? QUIET)))),
    )
  const hands = fc.record({
    isBusy: fc.boolean(),
    chosenId: fc.option(fc.constantFrom(...IDS)),
  })

  it('has every tile once, and moves none under the hand', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tiles, hands)), (steps) => {
        let order = NO_ORDER
        for (const [wanted, hand] of steps) {
          const next = nextOrder(order, wanted, hand)
          const ids = wanted.map(({ visitId }) => visitId)
          expect(next.visitIds.toSorted()).toEqual(ids.toSorted())
          const stayed = (list: readonly string[]) =>
            list.filter((id) => ids.includes(id) && order.visitIds.includes(id))
          if (hand.isBusy) expect(stayed(next.visitIds)).toEqual(stayed(order.visitIds))
          order = next
        }
      }),
    )
  })

  it('leaves the chosen tile in its place while none goes away', () => {
    const all = fc.array(fc.constantFrom(0, 1, 2, QUIET), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(all, all, fc.constantFrom(...IDS), (before, after, chosenId) => {
        const of = (list: readonly number[]) =>
          wish(...IDS.map((id, at) => urgent(id, list[at] ?? QUIET)))
        const order = nextOrder(NO_ORDER, of(before), FREE)
        const next = nextOrder(order, of(after), { isBusy: false, chosenId })
        expect(next.visitIds.indexOf(chosenId)).toBe(order.visitIds.indexOf(chosenId))
      }),
    )
  })
})
