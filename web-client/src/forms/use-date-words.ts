import { localeOf } from '@visavis/ui'
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
    const format = new Intl.DateTimeFormat(localeOf(i18n.language), options)
    return withoutLastStop(format.formatToParts(new Date(dateOrInstant)))
  }
}

/** Some languages end a date with a shortened word ("г."): its stop would meet that of a sentence. */
function withoutLastStop(parts: readonly Intl.DateTimeFormatPart[]): string {
  const last = parts.at(-1)
  const hasStop = last?.type === 'literal' && last.value.endsWith('.')
  return (hasStop ? parts.slice(0, -1) : parts).map(({ value }) => value).join('')
}
