import type { TimeOptions } from '@visavis/ui'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tell } from './screens.ts'
import type { TerminalLanguage } from './terminal-language.ts'
import type { TerminalInfo } from './use-terminal-info.ts'

/** What every screen may need. */
export type Terminal = {
  /** Null until the server has said what this device is. */
  readonly info: TerminalInfo | null
  readonly language: TerminalLanguage
  readonly tell: Tell
}

export const TerminalContext = createContext<Terminal | null>(null)

/** The terminal that the screen is shown on. */
export function useTerminal(): Terminal {
  const terminal = useContext(TerminalContext)
  if (!terminal) throw new TypeError('useTerminal outside App')
  return terminal
}

/** The clock on the wall of this facility, as the present language writes it. */
export function useLocalTime(): TimeOptions {
  const { i18n } = useTranslation()
  const { info } = useTerminal()
  return { language: i18n.language, timeZone: info?.facility.timeZone ?? 'UTC' }
}
