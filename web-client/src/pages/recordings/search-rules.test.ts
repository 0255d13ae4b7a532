import { expect, it } from 'vitest'
import { filtersIn, fitting, isTurned } from './search-rules.ts'

it('finds in a history entry what can be searched by, and nothing else', () => {
  const wanted = { from: '2026-11-01', inmate: ' Orlov ', flag: 'THREAT' }
  const rest = { to: 'yesterday', outcome: 'NONE', page: 3, text: '', visitor: { name: 'Anna' } }
  expect(filtersIn({ ...wanted, ...rest })).toEqual({
    from: '2026-11-01',
    inmate: 'Orlov',
    flag: 'THREAT',
  })
  for (const kept of [null, undefined, 7, 'text', []]) expect(filtersIn(kept)).toEqual({})
})

it('reads what was typed as it reads an entry', () => {
  expect(fitting({ visitor: ' Anna', outcome: 'COMPLETED', flag: '' })).toEqual({
    visitor: 'Anna',
    outcome: 'COMPLETED',
  })
})

it('knows a span that is turned round', () => {
  expect(isTurned({ from: '2026-11-02', to: '2026-11-01' })).toBe(true)
  expect(isTurned({ from: '2026-11-01', to: '2026-11-01' })).toBe(false)
  expect(isTurned({ from: '2026-11-02' })).toBe(false)
})
