import { expect, it } from 'vitest'
import { filtersIn, fitting, isTurned } from './search-rules.ts'

it('keeps in the address what can be searched by, and nothing else', () => {
  const address =
    'from=2026-11-01&to=yesterday&inmate=+Orlov+&flag=THREAT&outcome=NONE&page=3&text='
  expect(filtersIn(new URLSearchParams(address))).toEqual({
    from: '2026-11-01',
    inmate: 'Orlov',
    flag: 'THREAT',
  })
})

it('reads what was typed as it reads an address', () => {
  expect(fitting({ visitor: ' Anna', outcome: 'COMPLETED', flag: '', page: '2' })).toEqual({
    visitor: 'Anna',
    outcome: 'COMPLETED',
  })
})

it('knows a span that is turned round', () => {
  expect(isTurned({ from: '2026-11-02', to: '2026-11-01' })).toBe(true)
  expect(isTurned({ from: '2026-11-01', to: '2026-11-01' })).toBe(false)
  expect(isTurned({ from: '2026-11-02' })).toBe(false)
})
