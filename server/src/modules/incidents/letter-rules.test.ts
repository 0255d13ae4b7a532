import { describe, expect, it } from 'vitest'
import { INCIDENT_REASONS } from '@visavis/contract/http'
import { letterTo, ownTemplates, unknownSlots } from './letter-rules.ts'
import { LETTER_SLOTS, LETTER_WORDS } from './letter-words.ts'

const FACTS = {
  operator: 'Northern visits',
  fromAt: new Date('2026-11-01T08:00:00.000Z'),
  toAt: new Date('2026-11-02T08:00:00.000Z'),
}
const READER = { language: 'en', facility: 'North', reasons: ['DOCUMENTS', 'VISITS'] }

describe('letters of an incident', () => {
  it.each(Object.entries(LETTER_WORDS))(
    'have all slots and all reasons in %s',
    (language, words) => {
      for (const slot of LETTER_SLOTS) expect(words.template).toContain(`{${slot}}`)
      expect(unknownSlots(words.template, LETTER_SLOTS)).toEqual([])
      expect(Object.keys(words.data).toSorted()).toEqual([...INCIDENT_REASONS].toSorted())
      const text = letterTo(ownTemplates(), FACTS, { ...READER, language })
      expect(text).not.toMatch(/[{}]/)
      expect(text).toContain('Northern visits')
      expect(text).toContain('2026')
      expect(text).toContain(words.data.DOCUMENTS)
      expect(text).not.toContain(words.data.RECORDINGS)
    },
  )

  it('are in English for whom we have no language, and in whatever there is', () => {
    const letter = (language: string, letters = ownTemplates()) =>
      letterTo(letters, FACTS, { ...READER, language })
    expect(letter('tr')).toBe(letter('en'))
    expect(letter('ru-RU')).toBe(letter('ru'))
    expect(letter('ru', [{ language: 'de', text: 'Nur {operator}.' }])).toBe('Nur Northern visits.')
  })

  it('name a slot that nothing is put into', () => {
    expect(unknownSlots('{operator} {facilty} {facilty}', LETTER_SLOTS)).toEqual(['facilty'])
  })
})
