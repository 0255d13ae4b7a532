import { expect, test } from 'vitest'
import { createKeyedStore } from './keyed-store.ts'
import { createWallLevels, shownLevel } from './wall-levels.ts'

test('[OV-4] shows who is heard, and takes back whoever is not named any more', () => {
  const levels = createKeyedStore<number>()
  const tell = createWallLevels(levels)
  tell([
    {
      visitId: 'v',
      seats: [
        { seatId: 'a', level: -10 },
        { seatId: 'b', level: -35 },
      ],
    },
    { visitId: 'w', seats: [{ seatId: 'c', level: -20 }] },
  ])
  expect([levels.get('a'), levels.get('b')]).toEqual([1, 0.5])
  tell([{ visitId: 'v', seats: [{ seatId: 'b', level: -35 }] }])
  expect([levels.get('a'), levels.get('b'), levels.get('c')]).toEqual([0, 0.5, 0.8])
  tell([{ visitId: 'v', seats: [] }])
  expect(levels.get('b')).toBe(0)
})

test('silence is nothing', () => {
  expect([shownLevel(-127), shownLevel(0)]).toEqual([0, 1])
})
