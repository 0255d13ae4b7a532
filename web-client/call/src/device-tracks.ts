import { deviceFailureOf } from './device-failure.ts'
import type { DeviceChoice, DeviceFailure } from './types.ts'

export const TRACK_KINDS = ['audio', 'video'] as const
export type TrackKind = (typeof TRACK_KINDS)[number]

/** A live track, or why there is none. */
export type TrackResult = MediaStreamTrack | DeviceFailure
export type TrackResults = Readonly<Record<TrackKind, TrackResult>>

/** Another program often lets go of a camera a moment after it was closed. */
const BUSY_RETRY_MS = 1_000
const MAX_BUSY_TRIES = 3

/** A face is clear at this size, and an old phone can still encode it. */
const PICTURE: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 24, max: 30 },
}
/** Of a terminal, which stands further away, on a good line and on a machine that we know. */
const LARGE_PICTURE: MediaTrackConstraints = {
  ...PICTURE,
  width: { ideal: 1_280 },
  height: { ideal: 720 },
}
const VOICE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
}

/** Asks for both at once, so that the person is asked once; then for each alone, if one spoils it. */
export async function openTracks(
  devices: MediaDevices,
  choice: DeviceChoice,
): Promise<TrackResults> {
  try {
    const stream = await devices.getUserMedia(constraintsFor(TRACK_KINDS, choice))
    return { audio: trackOf(stream, 'audio'), video: trackOf(stream, 'video') }
  } catch (error) {
    const failure = deviceFailureOf(error)
    const kinds = await kindsWorthAsking(failure)
    // One after the other: browsers show one question at a time.
    const audio = kinds.includes('audio') ? await openTrack(devices, 'audio', choice) : failure
    const video = kinds.includes('video') ? await openTrack(devices, 'video', choice) : failure
    return { audio, video }
  }
}

/** Asks for one device, patiently while it is in use, and for any other if the chosen one is gone. */
export async function openTrack(
  devices: MediaDevices,
  kind: TrackKind,
  choice: DeviceChoice,
): Promise<TrackResult> {
  for (let tries = 1; ; tries += 1) {
    try {
      return trackOf(await devices.getUserMedia(constraintsFor([kind], choice)), kind)
    } catch (error) {
      const failure = deviceFailureOf(error)
      if (failure === 'OVERCONSTRAINED' && isChosen(kind, choice))
        return openTrack(devices, kind, { isLarge: choice.isLarge ?? false })
      if (failure !== 'IN_USE' || tries === MAX_BUSY_TRIES) return failure
      await new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS))
    }
  }
}

/**
 * After a common no, asking for each alone is right where one device spoils the other. It is a
 * nuisance where the person just closed the question: then both permissions are still undecided.
 */
async function kindsWorthAsking(failure: DeviceFailure): Promise<readonly TrackKind[]> {
  if (failure !== 'PERMISSION_DENIED') return TRACK_KINDS
  const [audio, video] = await Promise.all([permission('microphone'), permission('camera')])
  if (audio === 'prompt' && video === 'prompt') return []
  const states = { audio, video }
  return TRACK_KINDS.filter((kind) => states[kind] !== 'denied')
}

/** Null where the browser cannot tell. */
async function permission(name: 'camera' | 'microphone'): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name })).state
  } catch {
    return null
  }
}

function constraintsFor(
  kinds: readonly TrackKind[],
  { cameraId, microphoneId, isLarge = false }: DeviceChoice,
): MediaStreamConstraints {
  const camera = cameraId ? { deviceId: { exact: cameraId } } : { facingMode: 'user' }
  const microphone = microphoneId ? { deviceId: { exact: microphoneId } } : {}
  return {
    audio: kinds.includes('audio') && { ...VOICE, ...microphone },
    video: kinds.includes('video') && { ...(isLarge ? LARGE_PICTURE : PICTURE), ...camera },
  }
}

function isChosen(kind: TrackKind, choice: DeviceChoice): boolean {
  return Boolean(kind === 'audio' ? choice.microphoneId : choice.cameraId)
}

function trackOf(stream: MediaStream, kind: TrackKind): TrackResult {
  const track = stream.getTracks().find((each) => each.kind === kind)
  if (!track) return 'NOT_FOUND'
  // Under load the encoder keeps words intelligible and movement smooth.
  track.contentHint = kind === 'audio' ? 'speech' : 'motion'
  return track
}
