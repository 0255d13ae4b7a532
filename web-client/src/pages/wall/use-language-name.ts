import { capitalised } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { baseOf, languageName } from './wall-languages.ts'

/** Spoken where this service runs, and browsers have no names for them. */
const UNNAMED = ['av', 'ba', 'ce', 'cv', 'os'] as const

/** What the reader calls a language, as it begins a line; its tag where neither we nor the browser know it. */
export function useLanguageName(): (tag: string) => string {
  const { t, i18n } = useTranslation()
  return (tag) => {
    const ours = UNNAMED.find((each) => each === baseOf(tag))
    const name =
      ours === undefined ? languageName(tag, i18n.language) : t(`account.language.${ours}`)
    return capitalised(name, i18n.language)
  }
}
