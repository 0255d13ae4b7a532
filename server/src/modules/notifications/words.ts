import type { NoticeKind } from '@visavis/contract/http'
import en from './words/en.json' with { type: 'json' }
import ru from './words/ru.json' with { type: 'json' }

/** The words of one kind of notice; what a channel has no words for is not told there. */
export type KindWords = {
  readonly subject: string
  /** Sentences of the mail; one whose slot is unknown is left out. */
  readonly text: readonly string[]
  readonly sms?: string | undefined
  /** For the inmate, at the terminal. */
  readonly title?: string | undefined
  readonly body?: string | undefined
}

/** A language's catalogue. */
export type Words = {
  readonly frame: Readonly<Record<'greeting' | 'greetingUnknown' | 'closing', string>>
  readonly when: Readonly<Record<'same' | 'both', string>>
  readonly where: Readonly<Record<'HOME' | 'LINK_CENTRE', string>>
  readonly calendar: Readonly<Record<'summary' | 'description', string>>
  readonly kinds: Readonly<Record<NoticeKind, KindWords>>
}

/** Every language that notices speak; another one is another file here. */
export const CATALOGUES: Readonly<Record<string, Words>> = { en, ru }
/** Spoken to people whose language is not among them. */
const FALLBACK = 'en'

/** The catalogue for a reader, and the language it is in. */
export function wordsFor(language: string): { readonly language: string; readonly words: Words } {
  const spoken = language.toLowerCase().split('-')[0] ?? FALLBACK
  const words = CATALOGUES[spoken]
  return words === undefined ? { language: FALLBACK, words: en } : { language: spoken, words }
}

/** What a mail of that kind has as its subject. */
export const noticeSubject = (kind: NoticeKind, language: string): string =>
  wordsFor(language).words.kinds[kind].subject

/** What a sentence's `{slots}` are filled with. */
export type Slots = Readonly<Record<string, string>>

const SLOT = /\{(\w+)\}/g

/** The sentence with its slots filled; null when one of them is unknown. */
export function fill(sentence: string, slots: Slots): string | null {
  const isWhole = slotsOf(sentence).every((slot) => slots[slot] !== undefined)
  return isWhole ? sentence.replaceAll(SLOT, (_, slot: string) => slots[slot] ?? '') : null
}

/** Names of a sentence's slots, in order. */
export function slotsOf(sentence: string): string[] {
  return [...sentence.matchAll(SLOT)].map(([, slot]) => slot ?? '')
}
