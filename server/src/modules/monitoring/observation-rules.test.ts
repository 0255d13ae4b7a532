import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MONITOR_MODES } from '@visavis/contract/media-policy'
import type { MonitorMode } from '@visavis/contract/media-policy'
import { keyOf, observationPlan, observationsOf } from './observation-rules.ts'

const VISITS = ['av', 'sight', 'none'] as const
const MONITORS: Readonly<Record<string, MonitorMode>> = {
  av: 'AV',
  sight: 'SIGHT_ONLY',
  none: 'NONE',
}
const monitorOf = (visitId: string): MonitorMode => MONITORS[visitId] ?? 'NONE'

const screens = fc
  .record({
    visitIds: fc.subarray([...VISITS]),
    stillVisitIds: fc.subarray([...VISITS]),
    focusVisitId: fc.option(fc.constantFrom(...VISITS)),
  })
  .map(({ visitIds, stillVisitIds, focusVisitId }) => ({
    observerId: 'wall',
    visitIds: new Set<string>(visitIds),
    stillVisitIds: new Set<string>(stillVisitIds),
    focusVisitId,
  }))

describe('what is stored of a screen', () => {
  it('[OV-1] [OV-2] is nothing of a visit that nobody may watch, and no sound without sight and sound', () => {
    fc.assert(
      fc.property(screens, (screen) => {
        const observed = observationsOf(screen, monitorOf)
        for (const { visitId, kind, monitor } of observed) {
          expect(MONITOR_MODES).toContain(monitor)
          expect(visitId).not.toBe('none')
          if (kind === 'SOUND') expect(visitId).toBe('av')
        }
        const count = (kind: string) => observed.filter((each) => each.kind === kind).length
        expect(count('LIVE')).toBe([...screen.visitIds].filter((id) => id !== 'none').length)
        expect(count('SOUND')).toBe(screen.focusVisitId === 'av' ? 1 : 0)
      }),
    )
  })

  it('[TR-1] [OV-7] after any course of screens, what is open is what the last one shows', () => {
    fc.assert(
      fc.property(fc.array(screens, { minLength: 1 }), (course) => {
        const open = new Map<string, string>()
        for (const screen of course) {
          const wished = observationsOf(screen, monitorOf)
          const { begin, end } = observationPlan(open, wished)
          for (const each of begin) {
            expect(open.has(keyOf(each))).toBe(false)
            open.set(keyOf(each), 'row')
          }
          for (const key of end) expect(open.delete(key)).toBe(true)
          expect([...open.keys()].toSorted()).toEqual(wished.map(keyOf).toSorted())
        }
      }),
    )
  })
})
