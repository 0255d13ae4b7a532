import type { Reply } from '@visavis/ui/api/api.ts'
import { useEffect, useEffectEvent, useState } from 'react'
import { callApi } from '../api/call-api.ts'
import { lookAtHealth } from './health.ts'
import type { Screen, Tell } from './screens.ts'

/** What a terminal is told in answer to its beat. */
export type BeatAnswer = Reply<'terminalBeat'>

/** Staff read "last seen"; six that are missing in a row put the terminal out of order. */
const BEAT_MS = 30_000

/** Nobody is at the terminal on these, so that it may load its page anew. */
const IDLE_STEPS: readonly Screen['step'][] = ['starting', 'outOfService', 'enrol', 'attract']

/** Whether somebody is at the terminal. */
export function isBusyAt(screen: Screen): boolean {
  return !IDLE_STEPS.includes(screen.step)
}

/** Tells the server each half minute how this terminal fares, and does what it is told. */
export function useHeartbeat(screen: Screen, tell: Tell): void {
  const [pageId] = useState(() => crypto.randomUUID())
  const isEnrolling = screen.step === 'enrol'
  const beat = useEffectEvent(async () => {
    const health = await lookAtHealth(isBusyAt(screen))
    const answer = await callApi('terminalBeat', { body: { pageId, health } })
    if (answer.ok) obey(answer.data, tell)
  })
  // At once after an enrolment, so that staff see the terminal before they walk away from it.
  useEffect(() => {
    if (isEnrolling) return undefined
    void beat()
    const timer = setInterval(() => void beat(), BEAT_MS)
    return () => clearInterval(timer)
  }, [isEnrolling])
}

function obey({ disabled, isRestartDue }: BeatAnswer, tell: Tell): void {
  if (disabled !== null) tell({ what: 'disabled', ...disabled })
  if (isRestartDue) window.location.reload()
}
