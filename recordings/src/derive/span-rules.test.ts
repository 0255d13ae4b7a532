import fc from 'fast-check'
import { expect, it } from 'vitest'
import { uncoveredSpans, unitedSpans } from './span-rules.ts'
import type { Span } from './span-rules.ts'

const span = fc.tuple(fc.nat(60), fc.nat(20)).map(([fromMs, length]) => ({
  fromMs,
  toMs: fromMs + length,
}))
const isIn = (spans: readonly Span[], ms: number) =>
  spans.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)

it('each instant is either covered or not, and united stretches say the same', () => {
  fc.assert(
    fc.property(span, fc.array(span, { maxLength: 8 }), (within, spans) => {
      const united = unitedSpans(spans)
      const uncovered = uncoveredSpans(within, spans)
      for (let ms = 0; ms < 90; ms += 1) {
        expect(isIn(united, ms)).toBe(isIn(spans, ms))
        expect(isIn(uncovered, ms)).toBe(isIn([within], ms) && !isIn(spans, ms))
      }
      const gaps = united.slice(1).map(({ fromMs }, at) => fromMs - (united[at]?.toMs ?? 0))
      expect(gaps.every((gap) => gap > 0)).toBe(true)
    }),
  )
})
