import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nullCharacterAt } from './null-character.ts'

const NUL = '\0'

describe('the character U+0000', () => {
  it('is found wherever it is: in a text, a list, an object, a key', () => {
    expect(nullCharacterAt(NUL)).toBe('')
    expect(nullCharacterAt({ a: [{ b: `x${NUL}` }] })).toBe('a.0.b')
    expect(nullCharacterAt({ a: { [`k${NUL}`]: 1 } })).toBe('a')
  })

  it('is found in exactly the values that have it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const has = JSON.stringify(value).replaceAll('\\\\', '').includes('\\u0000')
        expect(nullCharacterAt(value) !== null).toBe(has)
      }),
    )
  })

  it('is no matter in bytes, and depth is none in the search', () => {
    expect(nullCharacterAt({ bytes: new Uint8Array(4) })).toBeNull()
    const deep: unknown = JSON.parse(`${'['.repeat(5_000)}"x"${']'.repeat(5_000)}`)
    expect(nullCharacterAt(deep)).toBeNull()
  })
})
