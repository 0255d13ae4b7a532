import { describe, expect, it } from 'vitest'
import { filterNames, partPatterns } from './search-rules.ts'

describe('a search of recordings', () => {
  it('looks for each word as it was typed, also for signs that mean something to the database', () => {
    expect(partPatterns('  Иван\u0438\u0306  100%_\\ ')).toEqual(['%Иванй%', '%100\\%\\_\\\\%'])
    expect(partPatterns(undefined)).toEqual([])
    expect(partPatterns('a b c d e f g h i j')).toHaveLength(8)
  })

  it('[TR-1] is entered by the names of its filters, not by what they were set to', () => {
    expect(filterNames({ limit: 25, inmate: 'Petrov', flag: 'OTHER', text: '' })).toEqual([
      'inmate',
      'flag',
    ])
  })
})
