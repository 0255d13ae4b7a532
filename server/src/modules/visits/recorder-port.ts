import { panic } from '@visavis/contract/errors'
import type { RecordingStanding } from './recorder-rules.ts'

type StandingOf = (visitId: string, now: Date) => RecordingStanding

/** How a visit's recording stands, as the recordings of this server know it once there are any. */
export type RecorderPort = {
  readonly attach: (standingOf: StandingOf) => void
  readonly standingOf: StandingOf
}

/** `doorOpenSince`: before the recordings are attached, every visit's is awaited since then. */
export function createRecorderPort(doorOpenSince: Date): RecorderPort {
  let attached: StandingOf | null = null
  return {
    attach(standingOf) {
      if (attached) panic('recordings are attached twice')
      attached = standingOf
    },
    standingOf: (visitId, now) =>
      attached?.(visitId, now) ?? { kind: 'AWAITED', since: doorOpenSince },
  }
}
