import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wireForm } from './watch-list.ts'

test('[OV-4] a wish names each visit once, the focused one always, and no more than allowed', () => {
  const visitId = fc.integer({ min: 0, max: 60 }).map(String)
  fc.assert(
    fc.property(fc.array(visitId, { maxLength: 60 }), fc.option(visitId), (visitIds, focus) => {
      const form = wireForm({ visitIds, focusVisitId: focus })
      expect(new Set(form.visitIds).size).toBe(form.visitIds.length)
      expect(form.visitIds.length).toBeLessThanOrEqual(25)
      if (focus !== null) expect(form.visitIds).toContain(focus)
      for (const each of form.visitIds) expect([...visitIds, focus]).toContain(each)
    }),
  )
})
