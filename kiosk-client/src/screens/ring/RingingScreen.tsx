import { ClockText, PageHeading, Progress, useNow } from '@visavis/ui'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import type { RingEnd, Ringing, Tell } from '../../flow/screens.ts'
import { useTerminal } from '../../flow/terminal.ts'
import { endWithoutAnswer, ringLeftMs } from './ring-clock.ts'

/** Soon enough that nobody who answered waits for the other side. */
const ASK_EVERY_MS = 1_000

/** It rings outside; how long it still does is counted down in sight (BK-8). */
export function RingingScreen({ ring }: { ring: Ringing }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const leftMs = ringLeftMs(ring, useNow())
  useRingEnd(ring, tell)
  const name = ring.contact.displayName
  return (
    <TerminalFrame>
      <div className="vv-terminal__middle vv-stack">
        <PageHeading>{t('ring.title', { name })}</PageHeading>
        <Progress words={t('ring.body')} />
        <p className="vv-ring__left">
          <ClockText lengthMs={leftMs} />
        </p>
      </div>
    </TerminalFrame>
  )
}

function useRingEnd(ring: Ringing, tell: Tell): void {
  const { visitId } = ring
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isWanted = true
    const look = async () => {
      const result = await callApi('ring', { params: { visitId } })
      if (!isWanted) return
      if (!result.ok) tell({ what: 'requestFailed', code: result.code })
      const end: RingEnd | null =
        result.ok && result.data.state !== 'RINGING'
          ? result.data.state
          : endWithoutAnswer(ring, Date.now())
      if (end !== null) tell({ what: 'ringEnded', end })
      else timer = setTimeout(() => void look(), ASK_EVERY_MS)
    }
    void look()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [ring, tell, visitId])
}
