import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import english from '../locales/security/en.json' with { type: 'json' }
import russian from '../locales/security/ru.json' with { type: 'json' }
import { fairPick, lengthOf, passphraseOf } from './passphrase.ts'

/** Fewer guesses than this would be made by a machine that has the hash: 2 to the power of it. */
const LEAST_BITS = 44
const SUGGESTED_WORDS = 6

describe.each([
  ['English', english.newPassword.words.split(' '), /^[a-z]{3,8}$/],
  ['Russian', russian.newPassword.words.split(' '), /^[а-я]{3,8}$/],
] as const)('the suggested passwords in %s', (_language, words, shape) => {
  it('are of short words, each there once', () => {
    expect(words.filter((word) => !shape.test(word))).toEqual([])
    expect(new Set(words).size).toBe(words.length)
  })

  it('are hard to guess even for whoever knows the list', () => {
    expect(SUGGESTED_WORDS * Math.log2(words.length)).toBeGreaterThan(LEAST_BITS)
  })

  it('are never too short, whatever chance picks', () => {
    const picks = fc.array(fc.nat(), { minLength: SUGGESTED_WORDS, maxLength: SUGGESTED_WORDS })
    fc.assert(
      fc.property(picks, (chance) => {
        let at = 0
        const password = passphraseOf(words, (count) => (chance[at++] ?? 0) % count)
        expect(password.split(' ')).toHaveLength(SUGGESTED_WORDS)
        expect(lengthOf(password, 15).state).not.toBe('SHORT')
      }),
    )
  })
})

describe('a typed password', () => {
  it.each([
    ['', { state: 'EMPTY' }],
    ['short', { state: 'SHORT', missing: 10 }],
    ['exactly fifteen', { state: 'ENOUGH' }],
    ['a sentence that is rather long', { state: 'LONG' }],
    // Counted as people count: each of these is two units of a text.
    ['😀'.repeat(14), { state: 'SHORT', missing: 1 }],
  ])('%j', (password, length) => expect(lengthOf(password, 15)).toEqual(length))
})

it('chance picks every word and nothing else', () => {
  const COUNT = 7
  const picked = new Set(Array.from({ length: 2000 }, () => fairPick(COUNT)))
  expect([...picked].toSorted()).toEqual(Array.from({ length: COUNT }, (_, at) => at))
})
