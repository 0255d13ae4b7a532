import { Button, ClockText, FailureNotice, PageHeading, Progress, useNow } from '@visavis/ui'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import type { RingEnd, Ringing, Tell } from '../../flow/screens.ts'
import { useTerminal } from '../../flow/terminal.ts'
import { useAct } from '../desk/use-desk.ts'
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
        <TakeBack ring={ring} />
      </div>
    </TerminalFrame>
  )
}

/** Whoever rang may think better of it; one that was answered meanwhile shows itself by the next look. */
function TakeBack({ ring: { visitId } }: { ring: Ringing }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const { isBusy, failure, run } = useAct()
  const takeBack = async () => {
    const taken = await run(() => callApi('takeBackRing', { params: { visitId } }))
    if (taken !== null) tell({ what: 'ringEnded', end: 'TAKEN_BACK' })
  }
  return (
    <>
      {failure !== null && failure !== 'RING_OVER' && <FailureNotice code={failure} />}
      <div className="vv-row">
        <Button look="secondary" isBusy={isBusy} onClick={() => void takeBack()}>
          {t('ring.takeBack')}
        </Button>
      </div>
    </>
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
