/**
 * Where a language alone would mean one country's way of writing dates: English is read by people of all
 * countries, and 11/12 is another day for some of them. The mails use the same.
 */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB' }

/** The locale in which a language's dates and times are written: `22 Nov 2026`, `14:30`. */
export function localeOf(language: string): string {
  return LOCALES[language] ?? language
}
