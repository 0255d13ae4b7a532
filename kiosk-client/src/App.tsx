import { useEffect, useReducer } from 'react'
import { thisDevice } from './device/this-device.ts'
import { TerminalContext } from './flow/terminal.ts'
import { idleLimitOf } from './flow/idle.ts'
import { STARTING, nextScreen } from './flow/screens.ts'
import { useSession } from './flow/session.ts'
import type { TerminalLanguage } from './flow/terminal-language.ts'
import { useHeartbeat } from './flow/use-heartbeat.ts'
import { useIdle } from './flow/use-idle.ts'
import { useTerminalInfo } from './flow/use-terminal-info.ts'
import { IdleWarning } from './components/IdleWarning.tsx'
import { CurrentScreen } from './screens/CurrentScreen.tsx'

/** The terminal: one flow of screens, and nobody's traces when they leave. */
export function App({ language }: { language: TerminalLanguage }) {
  const [screen, tell] = useReducer(nextScreen, STARTING)
  const { info, keep } = useTerminalInfo(screen.step, tell)
  useSession(screen, language)
  useHeartbeat(screen, tell)
  useEffect(
    () =>
      thisDevice.onNotEnrolled(() =>
        tell({ what: 'requestFailed', code: 'TERMINAL_NOT_ENROLLED' }),
      ),
    [],
  )
  const secondsLeft = useIdle(idleLimitOf(screen.step), () => {
    language.reset()
    tell({ what: 'reset' })
  })
  return (
    <TerminalContext value={{ info, language, tell }}>
      <CurrentScreen screen={screen} secondsLeft={secondsLeft} onEnrolled={keep} />
      {secondsLeft !== null && screen.step !== 'ended' && <IdleWarning secondsLeft={secondsLeft} />}
    </TerminalContext>
  )
}
