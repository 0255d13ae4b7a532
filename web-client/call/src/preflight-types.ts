import type { ErrorCode } from '@visavis/contract/errors'
import type {
  Judgement,
  PreflightCause,
  PreflightFindings,
} from '@visavis/contract/preflight-rules'
import type { LocalMedia, ProveDevice, Store } from './types.ts'

/** The parts of a test, in the order in which they are shown and made. */
export const PREFLIGHT_STEPS = ['microphone', 'camera', 'speaker', 'tcp', 'udp', 'loop'] as const
export type PreflightStep = (typeof PREFLIGHT_STEPS)[number]

/** How a part stands; `SKIPPED`: it was left out, or there was nothing to test it with. */
export type StepState = 'WAITING' | 'RUNNING' | 'OK' | 'PROBLEM' | 'SKIPPED'
export type StepStates = Readonly<Record<PreflightStep, StepState>>

export type PreflightState =
  | { readonly phase: 'idle' }
  /** The person listens: `answerSpeaker` goes on. */
  | { readonly phase: 'listening'; readonly steps: StepStates }
  | {
      readonly phase: 'running'
      readonly steps: StepStates
      /** Of the whole test, 0 to 1. */
      readonly progress: number
    }
  | {
      readonly phase: 'done'
      readonly steps: StepStates
      readonly findings: PreflightFindings
      readonly judgement: Judgement
      /** False: the server could not be told. */
      readonly isKept: boolean
    }
  /** The service itself could not be reached or has no room for a test just now: that says nothing of the device. */
  | { readonly phase: 'failed'; readonly code: ErrorCode }

/** One test of devices and network (LV-10). It may be started again and again. */
export type Preflight = Store<PreflightState> & {
  /** Begins, with whatever of the devices works; a test under way is dropped. */
  readonly start: (local: LocalMedia) => void
  /** Whether the test sound was heard; null: the person leaves it out. */
  readonly answerSpeaker: (isHeard: boolean | null) => void
  /** Drops the test and lets go of everything but the devices, which are the page's. */
  readonly close: () => void
}

export type PreflightOptions = {
  /** Who speaks; `terminal`: the device itself, with nobody signed in. */
  readonly signInAs: 'account' | 'inmate' | 'terminal'
  /** On a terminal. */
  readonly proveDevice?: ProveDevice | undefined
  readonly visitId: string | null
  readonly cause?: PreflightCause
  /** Nobody is there to listen to a test sound. */
  readonly isUnattended?: boolean
  readonly origin?: string
  /** How long sound and picture go round; 10 s if left out. */
  readonly loopMs?: number
}
