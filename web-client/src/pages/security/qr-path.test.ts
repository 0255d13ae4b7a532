import fc from 'fast-check'
import { expect, it } from 'vitest'
import { qrPath } from './qr-path.ts'
import { inGroups } from './secret-text.ts'

const squares = fc
  .integer({ min: 1, max: 25 })
  .chain((size) =>
    fc
      .array(fc.constantFrom(0, 1), { minLength: size * size, maxLength: size * size })
      .map((data) => ({ size, data })),
  )

/** Which modules a path paints, by its own letters. */
function painted(path: string, size: number): number[] {
  const data = new Array<number>(size * size).fill(0)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(length); at += 1) data[Number(y) * size + Number(x) + at] = 1
  }
  return data
}

it('a code’s picture is dark where the code is dark, and nowhere else', () => {
  fc.assert(
    fc.property(squares, ({ size, data }) => {
      expect(painted(qrPath({ size, data }), size)).toEqual(data)
    }),
  )
})

it('a secret that is typed by hand is shown in groups and loses nothing', () => {
  expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ')
  expect(inGroups('')).toBe('')
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('A', '2', 'Z') }), (secret) => {
      expect(inGroups(secret).replaceAll(' ', '')).toBe(secret)
    }),
  )
})
