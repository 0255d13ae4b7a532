import { createCapture } from './capture.ts'
import type { Capture } from './capture.ts'
import { TRACK_KINDS } from './device-tracks.ts'
import type { TrackKind, TrackResult, TrackResults } from './device-tracks.ts'
import { createTrackMeter } from './level-meter.ts'
import { createStore } from './store.ts'
import type {
  DeviceChoice,
  DeviceFailure,
  DeviceOption,
  LocalMedia,
  LocalMediaState,
} from './types.ts'

type Muted = Readonly<Record<TrackKind, boolean>>

/**
 * Makes this person's camera and microphone, idle until started. A page that is neither HTTPS nor
 * localhost has no devices at all; that is told as INSECURE_PAGE. `usual` holds for every start.
 */
export function createLocalMedia(
  devices: MediaDevices | undefined = pageDevices(),
  usual: Pick<DeviceChoice, 'isLarge'> = {},
): LocalMedia {
  const store = createStore<LocalMediaState>({ phase: 'idle' })
  const meter = createTrackMeter()
  let capture: Capture | null = null
  let muted: Muted = { audio: false, video: false }

  const end = (): void => {
    capture?.close()
    capture = null
    meter.close()
  }
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    async start(choice = {}) {
      // A camera that is still held would be in use by ourselves.
      end()
      if (!devices) {
        store.setState({ phase: 'failed', failure: 'INSECURE_PAGE' })
        return
      }
      store.setState({ phase: 'asking' })
      const onChange = (results: TrackResults): void => store.setState(stateOf(results, muted))
      capture = createCapture({ devices, choice: { ...usual, ...choice }, onChange })
      await capture.open()
    },
    setMuted(kind, isMuted) {
      muted = { ...muted, [kind]: isMuted }
      store.setState(withMuted(store.getState(), muted))
    },
    takeBack: async () => capture?.takeBack(),
    stop() {
      end()
      store.setState({ phase: 'idle' })
    },
    level: () => meter.level(audioTrackOf(store.getState())),
    listDevices: () => listDevices(devices),
  }
}

/** The DOM's types deny it, but an insecure page has none. */
function pageDevices(): MediaDevices | undefined {
  return navigator.mediaDevices
}

function stateOf(results: TrackResults, muted: Muted): LocalMediaState {
  const [microphoneFailure, cameraFailure] = [failureOf(results.audio), failureOf(results.video)]
  if (microphoneFailure && cameraFailure) return { phase: 'failed', failure: cameraFailure }
  const tracks = TRACK_KINDS.map((kind) => results[kind]).filter((each) => typeof each !== 'string')
  const ready: LocalMediaState = {
    phase: 'ready',
    stream: new MediaStream(tracks),
    isAudioMuted: muted.audio,
    isVideoMuted: muted.video,
    hasCamera: cameraFailure === null,
    hasMicrophone: microphoneFailure === null,
    cameraFailure,
    microphoneFailure,
  }
  return withMuted(ready, muted)
}

/** Silences the tracks themselves: the SFU goes on receiving silence and black, so it sees no gap. */
function withMuted(state: LocalMediaState, muted: Muted): LocalMediaState {
  if (state.phase !== 'ready') return state
  for (const track of state.stream.getTracks()) track.enabled = !muted[track.kind as TrackKind]
  return { ...state, isAudioMuted: muted.audio, isVideoMuted: muted.video }
}

function failureOf(result: TrackResult): DeviceFailure | null {
  return typeof result === 'string' ? result : null
}

function audioTrackOf(state: LocalMediaState): MediaStreamTrack | null {
  return state.phase === 'ready' ? (state.stream.getAudioTracks()[0] ?? null) : null
}

async function listDevices(devices: MediaDevices | undefined) {
  const infos = (await devices?.enumerateDevices().catch(() => [])) ?? []
  const optionsOf = (kind: MediaDeviceKind): DeviceOption[] =>
    infos
      .filter((info) => info.kind === kind && info.deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }))
  return { cameras: optionsOf('videoinput'), microphones: optionsOf('audioinput') }
}
