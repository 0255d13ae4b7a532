import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wireForm } from './watch-list.ts'

test('[OV-4] a wish names each visit once, the focused one always, and no more than allowed', () => {
  const visitId = fc.integer({ min: 0, max: 60 }).map(String)
  const some = fc.array(visitId, { maxLength: 60 })
  fc.assert(
    fc.property(some, some, fc.option(visitId), (visitIds, stillVisitIds, focus) => {
      const form = wireForm({
        ...{ visitIds, stillVisitIds },
        ...{ focusVisitId: focus, chosenVisitId: focus },
      })
      expect(new Set(form.visitIds).size).toBe(form.visitIds.length)
      expect(form.visitIds.length).toBeLessThanOrEqual(25)
      if (focus !== null) expect(form.visitIds).toContain(focus)
      for (const each of form.visitIds) expect([...visitIds, focus]).toContain(each)
      expect(new Set(form.stillVisitIds).size).toBe(form.stillVisitIds.length)
      for (const each of form.stillVisitIds) {
        expect(stillVisitIds).toContain(each)
        expect(form.visitIds).not.toContain(each)
      }
    }),
  )
})
