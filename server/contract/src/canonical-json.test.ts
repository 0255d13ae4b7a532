import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CanonicalValue, canonicalJson } from './canonical-json.ts'

const { canonical } = fc.letrec<{ canonical: CanonicalValue; leaf: CanonicalValue }>((tie) => ({
  canonical: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc.array(tie('canonical'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'),
      tie('canonical'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
  leaf: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger().map((n) => n || 0),
    fc.boolean(),
  ),
}))

describe('canonicalJson', () => {
  it('is JSON for the same value, and one text for any order of keys', () => {
    fc.assert(
      fc.property(canonical, (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(value)
        expect(canonicalJson(reversed(value))).toBe(text)
      }),
    )
  })

  it('orders keys by UTF-16 code units, as the example of RFC 8785 §3.2.3', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      '\u00f6': 7,
    }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toEqual([4, 2, 6, 7, 1, 5, 3])
  })

  it.each([
    1.5,
    NaN,
    Infinity,
    -0,
    2 ** 53,
    null,
    undefined,
    '\ud800',
    new Date(),
    { a: undefined },
  ])('refuses %s', (value) => {
    expect(() => canonicalJson(value as never)).toThrow(/not canonical/)
  })
})

function reversed(value: CanonicalValue): CanonicalValue {
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(reversed)
  const entries = Object.entries(value as Record<string, CanonicalValue>).toReversed()
  return Object.fromEntries(entries.map(([key, member]) => [key, reversed(member)]))
}
