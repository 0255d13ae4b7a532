import { describe, expect, it } from 'vitest'
import type { PreflightFindings } from '@visavis/contract/preflight-rules'
import { NO_STEP_YET, stepsOf, withDevices, withSpeaker } from './preflight-steps.ts'

const FINDINGS: PreflightFindings = {
  microphone: 'OK',
  camera: 'DENIED',
  speaker: 'UNASKED',
  udp: 'OPEN',
  tcp: 'BLOCKED',
  relay: 'UNTRIED',
  loop: null,
}

describe('the steps of a test', () => {
  it('[LV-10] wait at first, and follow devices and answer', () => {
    expect(new Set(Object.values(NO_STEP_YET))).toEqual(new Set(['WAITING']))
    const steps = withSpeaker(withDevices(NO_STEP_YET, FINDINGS), 'UNHEARD')
    expect(steps).toMatchObject({ microphone: 'OK', camera: 'PROBLEM', speaker: 'PROBLEM' })
    expect(steps.udp).toBe('WAITING')
  })

  it('[LV-10] do not complain of a second way that nobody needs', () => {
    expect(stepsOf(FINDINGS)).toMatchObject({ udp: 'OK', tcp: 'SKIPPED', loop: 'PROBLEM' })
    const closed = { ...FINDINGS, udp: 'BLOCKED' } as const
    expect(stepsOf(closed)).toMatchObject({ udp: 'PROBLEM', tcp: 'PROBLEM', speaker: 'SKIPPED' })
  })
})
