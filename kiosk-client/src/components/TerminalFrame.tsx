import { BRAND, BrandMark, clockTime, useNow, useOnline } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocalTime, useTerminal } from '../flow/terminal.ts'
import { LanguageButtons } from './LanguageButtons.tsx'

type FrameProps = {
  readonly children: ReactNode
  /** The start screen shows a clock of its own, larger. */
  readonly hasClock?: boolean
}

/** Head of every screen but the call: which terminal this is, the time here, the languages. No way out. */
export function TerminalFrame({ children, hasClock = true }: FrameProps) {
  const { t } = useTranslation()
  const { info } = useTerminal()
  return (
    <div className="vv-page vv-terminal">
      <header className="vv-terminal__head">
        <p className="vv-terminal__brand">
          <BrandMark />
          <span translate="no">{BRAND}</span>
        </p>
        {info && (
          <p className="vv-terminal__place">
            {t('frame.place', { name: info.name, wing: info.wing })}
          </p>
        )}
        {info && hasClock && <HeadClock />}
        <LanguageButtons />
      </header>
      <OfflineWord />
      <main className="vv-terminal__main">{children}</main>
    </div>
  )
}

function HeadClock() {
  const local = useLocalTime()
  const instant = new Date(useNow()).toISOString()
  return <p className="vv-terminal__clock vv-numbers">{clockTime(instant, local)}</p>
}

function OfflineWord() {
  const { t } = useTranslation()
  const isOnline = useOnline()
  return (
    <div role="status">
      {!isOnline && (
        <p className="vv-offline">
          <strong>{t('common.offlineTitle')}.</strong> {t('common.offlineBody')}
        </p>
      )}
    </div>
  )
}
