import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffConsumers } from './consumer-diff.ts'

const listOf = (ids: readonly string[]) => ids.map((consumerId) => ({ consumerId }))

test('closes what is gone, builds what is new, resumes what was not answered', () => {
  const held = new Map([
    ['gone', { isResumed: true }],
    ['kept', { isResumed: true }],
    ['unsure', { isResumed: false }],
  ])
  expect(diffConsumers(held, listOf(['kept', 'unsure', 'new']))).toEqual({
    close: ['gone'],
    build: [{ consumerId: 'new' }],
    resume: ['unsure'],
  })
})

test('[LV-8] after the diff is carried out exactly the listed consumers are held', () => {
  const consumerId = fc.integer({ min: 0, max: 9 }).map(String)
  const heldList = fc.array(fc.tuple(consumerId, fc.record({ isResumed: fc.boolean() })))
  fc.assert(
    fc.property(heldList, fc.array(consumerId), (entries, listed) => {
      const held = new Map(entries)
      const diff = diffConsumers(held, listOf(listed))
      const after = new Set(held.keys())
      for (const gone of diff.close) after.delete(gone)
      for (const { consumerId: built } of diff.build) {
        expect(after.has(built)).toBe(false)
        after.add(built)
      }
      expect(after).toEqual(new Set(listed))
      for (const resumed of diff.resume) expect(held.get(resumed)?.isResumed).toBe(false)
    }),
  )
})
