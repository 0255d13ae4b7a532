import { describe, expect, it } from 'vitest'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { companionsOf, companyWith, namesAt } from './company-rules.ts'

type Other = VisitSnapshot['others'][number]

const other = (seatId: string, changes: object = {}) =>
  ({
    seatId,
    displayName: seatId,
    state: 'NOT_ARRIVED',
    cameraSeatId: null,
    ...changes,
  }) as unknown as Other
const seen = (others: Other[], mayGather: string[] = []) =>
  ({ you: { seatId: 'mother', mayGather }, others }) as unknown as VisitSnapshot

describe('[LV-3] who is at one’s device', () => {
  const family = seen(
    [
      other('child', { cameraSeatId: 'mother', state: 'WAITING' }),
      other('friend', { cameraSeatId: 'mother', state: 'REFUSED' }),
      other('gone', { cameraSeatId: 'mother', state: 'REMOVED' }),
      other('baby'),
      other('aunt', { state: 'IN' }),
    ],
    ['baby'],
  )

  it('is told of those who are there and those who may be', () => {
    expect(companionsOf(family).map(({ seatId, isHere }) => [seatId, isHere])).toEqual([
      ['child', true],
      ['friend', true],
      ['baby', false],
    ])
  })

  it('is told as a whole, without whom an officer turned away', () => {
    const companions = companionsOf(family)
    expect(companyWith(companions, { seatId: 'baby', isHere: true })).toEqual(['child', 'baby'])
    expect(companyWith(companions, { seatId: 'child', isHere: false })).toEqual([])
  })

  it('is named under their picture once they are in, whose device it is first', () => {
    const others = [
      other('child', { cameraSeatId: 'mother', state: 'IN' }),
      other('mother', { state: 'IN' }),
      other('late', { cameraSeatId: 'mother', state: 'WAITING' }),
      other('aunt', { state: 'IN' }),
    ]
    expect(namesAt(seen(others), 'mother')).toEqual(['mother', 'child'])
  })
})
