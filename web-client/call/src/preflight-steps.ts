import type { PreflightFindings } from '@visavis/contract/preflight-rules'
import { PREFLIGHT_STEPS } from './preflight-types.ts'
import type { StepState, StepStates } from './preflight-types.ts'

/** Nothing is tested yet. */
export const NO_STEP_YET: StepStates = statesBy(() => 'WAITING')

const OF_SPEAKER = { HEARD: 'OK', UNHEARD: 'PROBLEM', UNASKED: 'SKIPPED' } as const
const OF_PATH = { OPEN: 'OK', BLOCKED: 'PROBLEM', UNTRIED: 'SKIPPED' } as const

/** The same steps with what is known of the devices. */
export function withDevices(
  steps: StepStates,
  { microphone, camera }: Pick<PreflightFindings, 'microphone' | 'camera'>,
): StepStates {
  return {
    ...steps,
    microphone: microphone === 'OK' ? 'OK' : 'PROBLEM',
    camera: camera === 'OK' ? 'OK' : 'PROBLEM',
  }
}

/** The same steps with the person's answer. */
export function withSpeaker(steps: StepStates, speaker: PreflightFindings['speaker']): StepStates {
  return { ...steps, speaker: OF_SPEAKER[speaker] }
}

/** How every part came out. */
export function stepsOf(findings: PreflightFindings): StepStates {
  const { speaker, udp, tcp, loop } = findings
  // Nobody needs the second way where the best one is open.
  const second = udp === 'OPEN' && tcp === 'BLOCKED' ? 'SKIPPED' : OF_PATH[tcp]
  const rest = { udp: OF_PATH[udp], tcp: second, loop: loop ? 'OK' : 'PROBLEM' } as const
  return { ...withSpeaker(withDevices(NO_STEP_YET, findings), speaker), ...rest }
}

function statesBy(stateOf: () => StepState): StepStates {
  const entries = PREFLIGHT_STEPS.map((step) => [step, stateOf()] as const)
  return Object.fromEntries(entries) as Record<(typeof PREFLIGHT_STEPS)[number], StepState>
}
