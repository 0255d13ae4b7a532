import { describe, expect, it } from 'vitest'
import { filterOf, searchOf } from './filter-rules.ts'

describe('[TR-2] a search of audit entries', () => {
  it('takes whole days, the last one with it, and leaves out what is empty or no day', () => {
    const search = new URLSearchParams('actor= a1 &action=&from=2026-03-01&to=2026-03-01&x=1')
    expect(filterOf(search)).toEqual({
      actor: 'a1',
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-03-02T00:00:00.000Z',
    })
    expect(filterOf(new URLSearchParams('from=yesterday'))).toEqual({})
  })

  it('stands in the address as it was typed', () => {
    const form = new FormData()
    form.set('action', ' seat.admit ')
    form.set('from', '2026-03-01')
    form.set('object', '')
    expect(searchOf(form)).toBe('action=seat.admit&from=2026-03-01')
  })
})
