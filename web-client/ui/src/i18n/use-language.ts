import type { i18n as Words } from 'i18next'
import { useCallback } from 'react'
import { getI18n, useTranslation } from 'react-i18next'
import { forgetLanguage, keepLanguage, pickLanguage } from './languages.ts'

/** The language of the page, those there are, and the way to change it (kept on this device). */
export function useLanguage(): {
  language: string
  languages: readonly string[]
  choose: (language: string) => void
  /** Forgets what was chosen: the page is in the device's own language again. */
  reset: () => void
} {
  const { i18n } = useTranslation()
  const reset = useCallback(() => {
    forgetLanguage()
    // useTranslation's is another object after each change of language.
    const words = getI18n()
    void words.changeLanguage(pickLanguage(navigator.languages, languagesIn(words)))
  }, [])
  return {
    language: i18n.language,
    languages: languagesIn(i18n),
    reset,
    choose: (language) => {
      keepLanguage(language)
      void i18n.changeLanguage(language)
    },
  }
}

function languagesIn({ options: { supportedLngs } }: Words): readonly string[] {
  const supported = supportedLngs === false || supportedLngs === undefined ? [] : supportedLngs
  return supported.filter((language) => language !== 'cimode')
}
