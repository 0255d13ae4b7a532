import type { PreflightFindings } from '@visavis/contract/preflight-rules'
import type { DeviceFailure, LocalMedia, LocalMediaState } from './types.ts'

type Devices = Pick<PreflightFindings, 'microphone' | 'camera'>

const FAILURES = {
  PERMISSION_DENIED: 'DENIED',
  NOT_FOUND: 'MISSING',
  IN_USE: 'IN_USE',
  INSECURE_PAGE: 'FAILED',
  OVERCONSTRAINED: 'FAILED',
  UNKNOWN: 'FAILED',
} as const satisfies Record<DeviceFailure, PreflightFindings['camera']>

/** What the devices give, as far as their opening tells. */
export function devicesOf(state: LocalMediaState): Devices {
  if (state.phase === 'failed') {
    const failure = FAILURES[state.failure]
    return { microphone: failure, camera: failure }
  }
  if (state.phase !== 'ready') return { microphone: 'FAILED', camera: 'FAILED' }
  return {
    microphone: state.microphoneFailure === null ? 'OK' : FAILURES[state.microphoneFailure],
    camera: state.cameraFailure === null ? 'OK' : FAILURES[state.cameraFailure],
  }
}

/** The devices' live tracks. */
export function liveTracksOf(local: LocalMedia): MediaStreamTrack[] {
  const state = local.getState()
  const tracks = state.phase === 'ready' ? state.stream.getTracks() : []
  return tracks.filter(({ readyState }) => readyState === 'live')
}

/** A device that nobody hears: the network can be tested without a microphone, too. */
export function silentTrack(): { readonly track: MediaStreamTrack; readonly close: () => void } {
  const context = new AudioContext()
  const destination = context.createMediaStreamDestination()
  const tone = new OscillatorNode(context, { frequency: 440 })
  tone.connect(new GainNode(context, { gain: 0.001 })).connect(destination)
  tone.start()
  const [track] = destination.stream.getAudioTracks()
  if (!track) throw new TypeError('an audio destination without a track')
  return {
    track,
    close() {
      tone.stop()
      void context.close()
    },
  }
}
