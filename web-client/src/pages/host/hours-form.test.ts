import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WEEKDAYS, changed, formOf, hoursOf, problemsOf } from './hours-form.ts'

const empty = formOf({})

describe('a form of opening hours', () => {
  it('gives back what it was made of, midnight at the end of a day included', () => {
    const stretches = fc
      .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 6 })
      .map((minutes) => {
        const sorted = minutes.toSorted((a, b) => a - b)
        return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
          fromMinute: sorted[index * 2] ?? 0,
          toMinute: sorted[index * 2 + 1] ?? 0,
        }))
      })
    fc.assert(
      fc.property(fc.constantFrom(...WEEKDAYS), stretches, (weekday, day) => {
        const form = formOf({ [weekday]: day })
        expect(problemsOf(form)).toEqual([])
        expect(hoursOf(form)).toEqual({ [weekday]: day })
      }),
    )
  })

  it('leaves closed days out', () => {
    expect(hoursOf(empty)).toEqual({})
  })

  it('finds what is missing, backwards or twice', () => {
    const day = (...stretches: { from: string; to: string }[]) =>
      problemsOf({ ...empty, '3': stretches }).map(({ index, kind }) => [index, kind])
    expect(day({ from: '', to: '10:00' })).toEqual([[0, 'INCOMPLETE']])
    expect(day({ from: '10:00', to: '09:00' })).toEqual([[0, 'BACKWARDS']])
    expect(day({ from: '09:00', to: '12:00' }, { from: '11:59', to: '13:00' })).toEqual([
      [1, 'OVERLAP'],
    ])
    expect(day({ from: '09:00', to: '12:00' }, { from: '12:00', to: '00:00' })).toEqual([])
  })

  it('adds, types, removes, and copies Monday to the working days', () => {
    const added = changed(empty, { what: 'added', weekday: '1' })
    const stretch = { from: '08:00', to: '12:00' }
    const typed = changed(added, { what: 'typed', weekday: '1', index: 0, stretch })
    const copied = changed(typed, { what: 'mondayCopied' })
    expect(copied['5']).toEqual([stretch])
    expect(copied['6']).toEqual([])
    expect(changed(typed, { what: 'removed', weekday: '1', index: 0 })).toEqual(empty)
  })
})
