import { describe, expect, it } from 'vitest'
import { placementOf } from './placement-rules.ts'

describe('placementOf', () => {
  it('takes the ready node with the fewest rooms, the earlier of two alike', () => {
    const nodes = [
      { url: 'away', isReady: false, rooms: 0 },
      { url: 'full', isReady: true, rooms: 9 },
      { url: 'first', isReady: true, rooms: 2 },
      { url: 'second', isReady: true, rooms: 2 },
    ]
    expect(placementOf(nodes)).toBe('first')
  })

  it('finds no place where no node is ready', () => {
    expect(placementOf([{ url: 'away', isReady: false, rooms: 0 }])).toBeNull()
    expect(placementOf([])).toBeNull()
  })
})
