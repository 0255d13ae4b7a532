import type { DeviceFailure, LocalMediaState } from '@visavis/call'

/** What is missing of camera and microphone, why, and which words offer to go on all the same. */
export type Trouble = {
  readonly failure: DeviceFailure
  readonly goOn: 'withoutBoth' | 'withoutCamera' | 'withoutMicrophone'
}

/** The trouble to speak of, or null while both work or are still asked for. */
export function troubleOf(state: LocalMediaState): Trouble | null {
  if (state.phase === 'failed') return { failure: state.failure, goOn: 'withoutBoth' }
  if (state.phase !== 'ready') return null
  if (state.cameraFailure !== null) {
    return { failure: state.cameraFailure, goOn: 'withoutCamera' }
  }
  if (state.microphoneFailure !== null) {
    return { failure: state.microphoneFailure, goOn: 'withoutMicrophone' }
  }
  return null
}
