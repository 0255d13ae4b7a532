import { localeOf, ownZone, useLanguage } from '@visavis/ui'

/** Writes an instant in the reader's zone: `22 Nov 2026, 14:30`. */
export function useMoment(): (instant: string) => string {
  const { language } = useLanguage()
  return (instant) =>
    new Intl.DateTimeFormat(localeOf(language), {
      timeZone: ownZone(),
      dateStyle: 'medium',
      timeStyle: 'short',
    }).format(new Date(instant))
}
