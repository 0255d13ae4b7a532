import { useTranslation } from 'react-i18next'
import { keepLanguage } from './languages.ts'

/** The language of the page, those there are, and the way to change it (kept on this device). */
export function useLanguage(): {
  language: string
  languages: readonly string[]
  choose: (language: string) => void
} {
  const { i18n } = useTranslation()
  const supported = i18n.options.supportedLngs
  const languages = supported === false || supported === undefined ? [] : supported
  return {
    language: i18n.language,
    languages: languages.filter((language) => language !== 'cimode'),
    choose: (language) => {
      keepLanguage(language)
      void i18n.changeLanguage(language)
    },
  }
}
