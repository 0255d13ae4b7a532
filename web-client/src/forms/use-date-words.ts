import { useTranslation } from 'react-i18next'

/** Writes a calendar date (`YYYY-MM-DD`) or an instant as `3 January 1950`. */
export function useDateWords(): (dateOrInstant: string) => string {
  const { i18n } = useTranslation()
  return (dateOrInstant) => {
    if (dateOrInstant === '') return ''
    // A calendar date has no zone: it is the same day wherever it is read.
    const isDate = dateOrInstant.length === 'YYYY-MM-DD'.length
    const options: Intl.DateTimeFormatOptions = {
      dateStyle: 'long',
      ...(isDate ? { timeZone: 'UTC' } : {}),
    }
    return new Intl.DateTimeFormat(i18n.language, options).format(new Date(dateOrInstant))
  }
}
