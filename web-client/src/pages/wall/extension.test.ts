import { expect, it } from 'vitest'
import { takenOf } from './extension.ts'

it('[LV-5] names what stands in the way of more time, and nothing that has no words', () => {
  const context = { taken: ['INMATE', 'TERMINAL', 'MOON'] }
  expect(takenOf({ ok: false, code: 'NO_PLACE', context })).toEqual(['TERMINAL', 'INMATE'])
  expect(takenOf({ ok: false, code: 'NO_PLACE' })).toEqual([])
  expect(takenOf({ ok: false, code: 'VISIT_ENDED', context })).toEqual([])
})
