import type { WarningView } from '@visavis/contract/interventions'

/** A text and the language it is in. */
export type SpokenText = { readonly text: string; readonly language: string }

/** What everybody's browser can at least show, where the reader's own language is not there. */
const LAST_RESORT = 'en'

/** The words of a warning nearest to the reader's language; pure. Empty where there are none at all. */
export function wordsFor(texts: WarningView['texts'], language: string): SpokenText {
  const wished = [language, baseOf(language), LAST_RESORT]
  const languages = Object.keys(texts)
  const same = (tag: string) => languages.find((known) => baseOf(known) === baseOf(tag))
  const chosen =
    wished.find((tag) => texts[tag] !== undefined) ?? same(language) ?? languages[0] ?? language
  return { text: texts[chosen] ?? '', language: chosen }
}

/** Whether two tags are of one language, whatever the region. */
export function isSameLanguage(one: string, other: string): boolean {
  return baseOf(one) === baseOf(other)
}

function baseOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? tag
}
