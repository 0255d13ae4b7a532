/** Loads one catalogue; keyed by file, as `import.meta.glob` gives them. */
export type CatalogueLoaders = Readonly<Record<string, () => Promise<unknown>>>

const FALLBACK_LANGUAGE = 'en'
const CHOICE_KEY = 'visavis.language'

/** Scripts written from right to left, for browsers that cannot tell by themselves. */
const RTL_SCRIPTS: readonly string[] = ['Arab', 'Hebr', 'Thaa', 'Nkoo', 'Syrc', 'Adlm']

/**
 * The languages there are: a new file is a new language. A client has its general words in
 * `locales/en.json` and those of an area in `locales/<area>/en.json`, each with groups of its own.
 */
export function languagesOf(loaders: CatalogueLoaders): string[] {
  return [...new Set(Object.keys(loaders).map(languageOfFile))].toSorted((a, b) =>
    a.localeCompare(b),
  )
}

/** The language tag in a catalogue's file name: `./locales/pt-BR.json` is `pt-BR`. */
export function languageOfFile(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.json$/, '')
}

/** A language's name in that language, for whoever cannot read the present one. */
export function ownNameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const { script } = new Intl.Locale(language).maximize()
  return script !== undefined && RTL_SCRIPTS.includes(script) ? 'rtl' : 'ltr'
}

/** The first of the wished languages that there is; a region falls back to its language. */
export function pickLanguage(wished: readonly string[], available: readonly string[]): string {
  for (const wish of wished) {
    const exact = available.find((language) => language.toLowerCase() === wish.toLowerCase())
    const close = available.find((language) => language.split('-')[0] === wish.split('-')[0])
    const found = exact ?? close
    if (found !== undefined) return found
  }
  return available.includes(FALLBACK_LANGUAGE)
    ? FALLBACK_LANGUAGE
    : (available[0] ?? FALLBACK_LANGUAGE)
}

/** The language this person chose on this device, or null. Private browsing may refuse the store. */
export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(CHOICE_KEY)
  } catch {
    return null
  }
}

/** Forgets the choice, where a device goes from one person to the next. */
export function forgetLanguage(): void {
  try {
    localStorage.removeItem(CHOICE_KEY)
  } catch {
    // Then nothing was kept.
  }
}

/** Keeps a person's choice for the next time, where the browser lets us. */
export function keepLanguage(language: string): void {
  try {
    localStorage.setItem(CHOICE_KEY, language)
  } catch {
    // The choice then holds until the page is closed.
  }
}
