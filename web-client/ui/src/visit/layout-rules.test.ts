import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutOf, speakerOf } from './layout-rules.ts'

const person = (seatId: string) => ({ seatId, role: 'PERSON' as const })
const helper = { seatId: 'helper', role: 'INTERPRETER' as const }
const heard = (...pairs: [string, number][]) => new Map(pairs)

describe('[LV-9] pictures of a call', () => {
  it('with an interpreter: the interpreter and the speaker are large, the rest small', () => {
    const pictures = [person('mother'), helper, person('aunt')]
    const signing = { isSigning: true, speakerSeatId: 'aunt' }
    expect(layoutOf(pictures, signing)).toEqual({ large: ['aunt', 'helper'], small: ['mother'] })
    const silent = { isSigning: true, speakerSeatId: null }
    expect(layoutOf(pictures, silent)).toEqual({ large: ['mother', 'helper'], small: ['aunt'] })
    const off = { isSigning: false, speakerSeatId: 'aunt' }
    expect(layoutOf(pictures, off)).toEqual({ large: ['mother', 'helper', 'aunt'], small: [] })
  })

  it('never show anybody twice, and nobody not at all', () => {
    const seat = fc.record({
      seatId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      role: fc.constantFrom('PERSON' as const, 'INTERPRETER' as const),
    })
    const pictures = fc.uniqueArray(seat, { selector: ({ seatId }) => seatId })
    fc.assert(
      fc.property(
        pictures,
        fc.boolean(),
        fc.constantFrom('a', 'z', null),
        (all, isSigning, who) => {
          const { large, small } = layoutOf(all, { isSigning, speakerSeatId: who })
          expect([...large, ...small].toSorted()).toEqual(all.map((one) => one.seatId).toSorted())
          for (const { seatId, role } of all) {
            if (role === 'INTERPRETER') expect(large).toContain(seatId)
          }
        },
      ),
    )
  })

  it('follow the voice: the loudest, and in silence whoever spoke last', () => {
    const before = heard(['mother', 1], ['aunt', 2])
    expect(speakerOf(before, heard(['mother', 1.5], ['aunt', 2.1]), null)).toBe('mother')
    expect(speakerOf(before, heard(['mother', 1.000_01], ['aunt', 2]), 'aunt')).toBe('aunt')
    expect(speakerOf(before, heard(['new', 50]), null)).toBeNull()
  })
})
