import type { MAX_INTERVENTION_TEXT } from '@visavis/contract/interventions'
import type { READY_TEXT_LANGUAGES } from '@visavis/contract/http'
import { textOf } from '../../../forms/form-text.ts'

/** Held against the contract by their types, since the contract's modules would bring zod into the page. */
export const MAX_TEXT: typeof MAX_INTERVENTION_TEXT = 200
const LANGUAGES: Readonly<Record<(typeof READY_TEXT_LANGUAGES)[number], true>> = {
  en: true,
  ru: true,
}

/** The languages that every text has. */
export type TextLanguage = keyof typeof LANGUAGES
export const TEXT_LANGUAGES = Object.keys(LANGUAGES) as readonly TextLanguage[]

/** Names the field of a language. */
export const fieldOf = (language: TextLanguage): string => `ready-text-${language}`

/** The texts as they were typed. */
export function textsOf(form: FormData): Readonly<Record<TextLanguage, string>> {
  return { en: textOf(form, 'en').trim(), ru: textOf(form, 'ru').trim() }
}

type Fault = { readonly language: TextLanguage; readonly fault: 'missing' | 'tooLong' }

/** What is wrong with them, by language; the first fault of each. Pure. */
export function faultsOf(texts: Readonly<Record<TextLanguage, string>>): readonly Fault[] {
  return TEXT_LANGUAGES.flatMap((language): Fault[] => {
    if (texts[language] === '') return [{ language, fault: 'missing' }]
    return texts[language].length > MAX_TEXT ? [{ language, fault: 'tooLong' }] : []
  })
}
