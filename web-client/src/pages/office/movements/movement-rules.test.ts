import { describe, expect, it } from 'vitest'
import { byWingAndHour } from './movement-rules.ts'
import type { Movement } from '../parts/types.ts'

const movement = (wing: string, startsAt: string, inmateName: string) =>
  ({ wing, startsAt, inmateName }) as Movement

describe('the movement list', () => {
  it('[BK-6] goes by wing, by the facility’s hour, then by time and name', () => {
    const list = byWingAndHour(
      [
        movement('B', '2026-11-22T09:00:00Z', 'Orlov'),
        movement('A', '2026-11-22T09:30:00Z', 'Zuev'),
        movement('A', '2026-11-22T09:00:00Z', 'Petrov'),
        movement('A', '2026-11-22T09:00:00Z', 'Ivanov'),
        movement('A', '2026-11-22T11:00:00Z', 'Sidorov'),
      ],
      'Asia/Krasnoyarsk',
    )
    expect(list.map(({ wing }) => wing)).toEqual(['A', 'B'])
    expect(list[0]?.hours.map(({ hour }) => hour)).toEqual([16, 18])
    expect(list[0]?.hours[0]?.movements.map(({ inmateName }) => inmateName)).toEqual([
      'Ivanov',
      'Petrov',
      'Zuev',
    ])
  })

  it('is empty when nobody moves', () => {
    expect(byWingAndHour([], 'UTC')).toEqual([])
  })
})
