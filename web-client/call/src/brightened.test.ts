import fc from 'fast-check'
import { expect, it } from 'vitest'
import { brightened } from './brightened.ts'

it('[LV-11] a dim picture is lifted to full light, and what was darker stays darker', () => {
  const values = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(values, (given) => {
      const lifted = brightened(Int32Array.from(given))
      expect(lifted).toHaveLength(given.length)
      given.forEach((value, at) => {
        expect(lifted[at]).toBeGreaterThanOrEqual(value)
        expect(lifted[at]).toBeLessThanOrEqual(255)
        const darker = given.findIndex((other) => other < value)
        if (darker >= 0) expect(lifted[darker]).toBeLessThanOrEqual(lifted[at] ?? 0)
      })
      if (Math.max(...given) > 0) expect(Math.max(...lifted)).toBe(255)
    }),
  )
  expect([...brightened(Int32Array.from([0, 10, 40]))]).toEqual([0, 111, 255])
})
