import { describe, expect, it } from 'vitest'
import { isTemplate, readTemplate } from './template-form.ts'

function form(more: Record<string, string> = {}): FormData {
  const data = new FormData()
  const fields = {
    name: ' Morning ',
    weekday: '2',
    startMinute: '09:30',
    lengthMinutes: '30',
    everyWeeks: '1',
    validFrom: '2026-11-23',
    validTo: '',
    visitClass: 'social',
    bookingMode: 'INSTANT',
    capacity: '4',
    excludedDates: '2026-12-25\n2027-01-01',
    ...more,
  }
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  data.append('wings', 'A')
  return data
}

describe('[BK-7] the template editor', () => {
  it('reads a whole form', () => {
    expect(readTemplate(form())).toEqual({
      name: 'Morning',
      weekday: 2,
      startMinute: 570,
      lengthMinutes: 30,
      everyWeeks: 1,
      validFrom: '2026-11-23',
      validTo: null,
      visitClass: 'social',
      bookingMode: 'INSTANT',
      capacity: 4,
      wings: ['A'],
      excludedDates: ['2026-12-25', '2027-01-01'],
    })
  })

  it('tells everything that is wrong at once', () => {
    const wrong = { name: ' ', startMinute: '', lengthMinutes: '500', validTo: '2026-01-01' }
    const read = readTemplate(form({ ...wrong, excludedDates: 'Christmas' }))
    expect(isTemplate(read)).toBe(false)
    expect(read).toEqual([
      { fieldId: 'template-name', key: 'officeTimetable.nameMissing' },
      { fieldId: 'template-startMinute', key: 'officeTimetable.timeMissing' },
      { fieldId: 'template-lengthMinutes', key: 'officeTimetable.bounds.lengthMinutes' },
      { fieldId: 'template-validTo', key: 'officeForm.dateOrder' },
      { fieldId: 'template-excludedDates', key: 'officeTimetable.excludedWrong' },
    ])
  })
})
