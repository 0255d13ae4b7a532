import { expect, it } from 'vitest'
import { levelsOf } from './levels.ts'

const volume = (visitId: string, seatId: string, level: number) => ({
  producer: { appData: { visitId, seatId } },
  volume: level,
})

it('[OV-4] levels come by visit and seat', () => {
  const volumes = [volume('a', '1', -20), volume('b', '3', -40), volume('a', '2', -60)]
  expect(levelsOf(volumes, [])).toEqual([
    {
      visitId: 'a',
      seats: [
        { seatId: '1', level: -20 },
        { seatId: '2', level: -60 },
      ],
    },
    { visitId: 'b', seats: [{ seatId: '3', level: -40 }] },
  ])
})

it('[OV-4] a visit that fell silent is told once, with nobody in it', () => {
  expect(levelsOf([volume('b', '3', -40)], ['a', 'b'])).toEqual([
    { visitId: 'a', seats: [] },
    { visitId: 'b', seats: [{ seatId: '3', level: -40 }] },
  ])
  expect(levelsOf([], [])).toEqual([])
})

it('what no seat sends has no level', () => {
  expect(levelsOf([{ producer: { appData: { loopId: 'x' } }, volume: -1 }], [])).toEqual([])
})
