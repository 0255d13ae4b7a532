import { useTranslation } from 'react-i18next'

/** Joins names as the language does: `Anna, Boris and Vera`. */
export function useNames(): (names: readonly string[]) => string {
  const { i18n } = useTranslation()
  return (names) => new Intl.ListFormat(i18n.language).format(names)
}
