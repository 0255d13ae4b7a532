import { pickLanguage } from '@visavis/ui/i18n/languages.ts'
import type { i18n } from 'i18next'

/** The language of a screen that many people share; nothing of it is kept. */
export type TerminalLanguage = {
  /** Somebody touched a language: it holds until they leave. */
  readonly choose: (language: string) => void
  /** The signed-in person's own language, unless they chose one by hand. */
  readonly greet: (language: string) => void
  /** Back to the terminal's own language for the next person. */
  readonly reset: () => void
}

/** Takes the language that `words` starts with as the terminal's own. */
export function createTerminalLanguage(words: i18n): TerminalLanguage {
  const own = words.language
  const supported = words.options.supportedLngs || []
  let isChosen = false
  const turnTo = (language: string): void => {
    if (language !== words.language) void words.changeLanguage(language)
  }
  return {
    choose(language) {
      isChosen = true
      turnTo(language)
    },
    greet(language) {
      if (!isChosen) turnTo(pickLanguage([language, words.language], supported))
    },
    reset() {
      isChosen = false
      turnTo(own)
    },
  }
}
