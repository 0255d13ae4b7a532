import { describe, expect, it } from 'vitest'
import { NOTICE_KINDS } from '@visavis/contract/http'
import { CATALOGUES, fill, slotsOf, wordsFor } from './words.ts'
import type { KindWords, Words } from './words.ts'

const english = wordsFor('en').words
const others = Object.entries(CATALOGUES).filter(([language]) => language !== 'en')

/** Each text of a catalogue by where it stands, with its slots. */
function slotsByPlace(words: Words): Record<string, string[]> {
  const leaves = (value: unknown, path: string): [string, string[]][] =>
    typeof value === 'string'
      ? [[path, slotsOf(value).toSorted()]]
      : Object.entries(value as object).flatMap(([key, part]) => leaves(part, `${path}.${key}`))
  return Object.fromEntries(leaves(words, ''))
}

const withoutRepeats = (all: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(all).map(([key, slots]) => [key, [...new Set(slots)]]))

describe('the catalogues of notices', () => {
  it('have every kind', () => {
    for (const words of Object.values(CATALOGUES)) {
      expect(Object.keys(words.kinds).toSorted()).toEqual([...NOTICE_KINDS].toSorted())
    }
  })

  it.each(others)('%s says the same things with the same slots as English', (_, words) => {
    expect(withoutRepeats(slotsByPlace(words))).toEqual(withoutRepeats(slotsByPlace(english)))
  })

  it('name nobody where others may read it: subjects, text messages by first name only', () => {
    const known = [
      'inmate',
      'when',
      'link',
      'where',
      'offerExpiresAt',
      'terminal',
      'tryLink',
      'opensAt',
      // The whole letter, as two people let it go.
      'letter',
      'dueAt',
    ]
    // Six digits for whoever asked for them; never in a subject, which a locked screen shows.
    const withCode: readonly string[] = ['RECOVERY_CODE', 'ADDRESS_CODE']
    const lines = (kind: KindWords) => [...kind.text, kind.sms ?? '', kind.body ?? '']
    for (const words of Object.values(CATALOGUES)) {
      for (const [name, kind] of Object.entries(words.kinds)) {
        expect(slotsOf(`${kind.subject}${kind.title ?? ''}`)).toEqual([])
        const allowed = withCode.includes(name) ? [...known, 'code'] : known
        expect(allowed).toEqual(expect.arrayContaining(lines(kind).flatMap(slotsOf)))
        // The inmate's own screen names no visitor.
        expect(slotsOf(kind.body ?? '')).not.toContain('inmate')
      }
    }
  })
})

describe('a sentence', () => {
  it('is filled', () => {
    expect(fill('{when}, {inmate}.', { when: 'Now', inmate: 'Dmitri' })).toBe('Now, Dmitri.')
  })

  it('is left out when something in it is unknown', () => {
    expect(fill('Until {until}.', {})).toBeNull()
  })

  it('does not look for slots in what it is filled with', () => {
    expect(fill('{inmate}', { inmate: '{link}', link: 'x' })).toBe('{link}')
  })
})

it('people whose language we do not speak are told in English', () => {
  expect(wordsFor('tr').language).toBe('en')
  expect(wordsFor('ru-RU').language).toBe('ru')
})
