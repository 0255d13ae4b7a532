/** Formats of a language; the second is for people who read the first one everywhere. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', ru: 'ru-RU' }

/** Where an instant is told: the reader's own clock, and the facility's (BK-6). */
export type Clocks = { readonly own: string; readonly facility: string }

/** An instant on the wall clock of a zone: weekday, date, time, and the distance from UTC. */
export function wallTime(at: Date, zone: string, language: string): string {
  const format = new Intl.DateTimeFormat(LOCALES[language] ?? language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
    timeZone: zone,
  })
  return format.format(at)
}

/** Whether two zones show another time at that instant; names may differ and clocks agree. */
export function isOtherTime(at: Date, { own, facility }: Clocks): boolean {
  return wallTime(at, own, 'en') !== wallTime(at, facility, 'en')
}
