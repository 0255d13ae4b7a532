import { createInstance } from 'i18next'
import type { BackendModule, i18n, ReadCallback } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { CatalogueLoaders } from './languages.ts'
import {
  chosenLanguage,
  directionOf,
  languageOfFile,
  languagesOf,
  pickLanguage,
} from './languages.ts'

const sharedCatalogues: CatalogueLoaders = import.meta.glob('../locales/**/*.json', {
  import: 'default',
})

/**
 * Starts the words of a client: its own catalogues over the shared ones. Only the languages in use are
 * fetched. `fallbackLanguages` are tried before the browser's, for example a terminal's default.
 */
export async function startWords(
  appCatalogues: CatalogueLoaders,
  fallbackLanguages: readonly string[] = [],
): Promise<i18n> {
  const available = languagesOf(appCatalogues)
  const chosen = chosenLanguage()
  const wished = [
    ...(chosen === null ? [] : [chosen]),
    ...fallbackLanguages,
    ...navigator.languages,
  ]
  const words = createInstance()
  words.on('languageChanged', markDocument)
  await words
    .use(backendOf({ app: appCatalogues, shared: sharedCatalogues }))
    .use(initReactI18next)
    .init({
      lng: pickLanguage(wished, available),
      fallbackLng: false,
      supportedLngs: available,
      ns: ['app', 'shared'],
      defaultNS: 'app',
      fallbackNS: 'shared',
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    })
  return words
}

/** Assistive technology reads, and the layout turns, by these two attributes. */
function markDocument(language: string): void {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

function backendOf(catalogues: Readonly<Record<string, CatalogueLoaders>>): BackendModule {
  return {
    type: 'backend',
    init: () => undefined,
    read: (language: string, namespace: string, done: ReadCallback) => {
      const loaders = Object.entries(catalogues[namespace] ?? {})
      const files = loaders.filter(([name]) => languageOfFile(name) === language)
      if (files.length === 0) {
        done(`no catalogue ${namespace}/${language}`, null)
        return
      }
      Promise.all(files.map(([, load]) => load())).then(
        (parts) => done(null, Object.assign({}, ...parts) as Record<string, unknown>),
        (error: unknown) => done(error instanceof Error ? error : String(error), null),
      )
    },
  }
}
