import { IncidentReason } from '@visavis/contract/http'
import type { IncidentView } from '@visavis/contract/http'
import { times } from '../../platform/pdf-parts.ts'
import { LETTER_WORDS, letterWordsFor } from './letter-words.ts'
import type { LetterSlot } from './letter-words.ts'

export type Letters = IncidentView['letters']

/** What an incident's letters say of it, to everybody the same. */
export type LetterFacts = {
  readonly operator: string
  readonly fromAt: Date
  readonly toAt: Date
}
/** What one person's letter says besides. */
export type LetterReader = {
  readonly language: string
  readonly facility: string | null
  readonly reasons: readonly string[]
}

const SLOT = /\{(\w+)\}/g

/** The letters as we would write them. */
export function ownTemplates(): Letters {
  return Object.entries(LETTER_WORDS).map(([language, { template }]) => ({
    language,
    text: template,
  }))
}

/** One person's letter, in their language or else in English or whatever there is; pure. */
export function letterTo(letters: Letters, facts: LetterFacts, reader: LetterReader): string {
  const { language: wanted, words } = letterWordsFor(reader.language)
  const in_ = (language: string) => letters.find((letter) => letter.language === language)
  const letter = in_(wanted) ?? in_('en') ?? letters[0]
  const when = times(wanted, 'UTC')
  const slots: Readonly<Record<LetterSlot, string>> = {
    operator: facts.operator,
    facility: reader.facility ?? words.noFacility,
    from: when(facts.fromAt.toISOString()),
    to: when(facts.toAt.toISOString()),
    data: dataOf(reader.reasons, words.data),
  }
  const known: Readonly<Record<string, string | undefined>> = slots
  return (letter?.text ?? '').replace(SLOT, (mark, slot: string) => known[slot] ?? mark)
}

function dataOf(
  reasons: readonly string[],
  words: Readonly<Record<IncidentReason, string>>,
): string {
  const known = reasons.flatMap((reason) => IncidentReason.safeParse(reason).data ?? [])
  return known.map((reason) => words[reason]).join('; ')
}

/** Slots of a text that nothing is put into: a slip of whoever wrote it. */
export function unknownSlots(text: string, known: readonly string[]): string[] {
  const named = [...text.matchAll(SLOT)].map(([, slot]) => slot ?? '')
  return [...new Set(named.filter((slot) => !known.includes(slot)))]
}
