import { Notice, clockTime, useErrorWords } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useLocalTime, useTerminal } from '../../flow/terminal.ts'
import type { PinFailure } from './use-pin.ts'

/** What is wrong with the PIN or the moment, in words, and when it will be right. */
export function PinFailureNotice({ failure }: { failure: PinFailure }) {
  const { title, body } = useFailureWords(failure)
  return (
    <Notice tone="bad" title={title} live="alert">
      <p>{body}</p>
    </Notice>
  )
}

function useFailureWords({ code, liftsAt }: PinFailure): { title: string; body: string } {
  const { t } = useTranslation()
  const wordsOf = useErrorWords()
  const local = useLocalTime()
  const nextOpensAt = useTerminal().info?.nextVisits[0]?.opensAt
  if (code === 'TOO_SHORT') return { title: t('pin.tooShort'), body: t('pin.tooShortCure') }
  const { happened, cure } = wordsOf(code)
  if (code === 'PIN_LOCKED' && liftsAt !== undefined) {
    return { title: happened, body: t('pin.lockedUntil', { time: clockTime(liftsAt, local) }) }
  }
  if (code === 'TERMINAL_IN_USE' && liftsAt !== undefined) {
    return { title: happened, body: t('desk.inUseUntil', { time: clockTime(liftsAt, local) }) }
  }
  if (code === 'OUTSIDE_VISIT_WINDOW' && nextOpensAt !== undefined) {
    return { title: happened, body: t('pin.opensAt', { time: clockTime(nextOpensAt, local) }) }
  }
  return { title: happened, body: cure }
}
