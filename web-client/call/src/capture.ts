import { TRACK_KINDS, openTrack, openTracks } from './device-tracks.ts'
import type { TrackKind, TrackResult, TrackResults } from './device-tracks.ts'
import { createReruns } from './reruns.ts'
import type { RunResult } from './reruns.ts'
import type { DeviceChoice } from './types.ts'

/** Most browsers give a withheld device back by themselves, a moment after the page is seen again. */
const COMES_BACK_MS = 1_500

/** Devices held for one choice of camera and microphone, from opening to closing. */
export type Capture = {
  /** Asks for the devices; `onChange` tells what came of it. Never rejects. */
  readonly open: () => Promise<void>
  /** Asks again for what has ended or is withheld, if it does not come back by itself. */
  readonly takeBack: () => Promise<void>
  readonly close: () => void
}

export type CaptureOptions = {
  readonly devices: MediaDevices
  readonly choice: DeviceChoice
  /** Told all tracks whenever one was opened or lost; not after the close. */
  readonly onChange: (results: TrackResults) => void
}

/** Makes a capture that takes a device back, or the next one, when it was pulled out or taken away. */
export function createCapture({ devices, choice, onChange }: CaptureOptions): Capture {
  let results: TrackResults = { audio: 'NOT_FOUND', video: 'NOT_FOUND' }
  let isClosed = false
  /** Kinds that worked once, and kinds to ask for again. */
  const [hadBefore, isWanted] = [new Set<TrackKind>(), new Set<TrackKind>()]

  const put = (kind: TrackKind, result: TrackResult): void => {
    // The person went on or away while the browser asked.
    if (isClosed) stop(result)
    else results = { ...results, [kind]: result }
    if (isClosed || typeof result === 'string') return
    hadBefore.add(kind)
    result.addEventListener('ended', mending.ask, { once: true })
  }
  const mend = async (): Promise<RunResult> => {
    for (const kind of TRACK_KINDS) {
      const isLost = isWanted.delete(kind) && typeof results[kind] === 'string'
      if (!isLost && !hasEnded(results[kind])) continue
      put(kind, 'NOT_FOUND')
      onChange(results)
      put(kind, await openTrack(devices, kind, choice))
      if (isClosed) return 'done'
      onChange(results)
    }
    return 'done'
  }
  const mending = createReruns(mend)
  /** A camera that was pulled out may just have been put in again. */
  const wantLost = (): void => {
    for (const kind of hadBefore) if (typeof results[kind] === 'string') isWanted.add(kind)
    mending.ask()
  }
  devices.addEventListener('devicechange', wantLost)
  return {
    async open() {
      const opened = await openTracks(devices, choice)
      for (const kind of TRACK_KINDS) put(kind, opened[kind])
      if (!isClosed) onChange(results)
    },
    async takeBack() {
      await new Promise((resolve) => setTimeout(resolve, COMES_BACK_MS))
      // Held by a dead track, a device could not be given to the one that takes its place.
      TRACK_KINDS.map((kind) => results[kind])
        .filter(isWithheld)
        .forEach(stop)
      wantLost()
    },
    close() {
      isClosed = true
      devices.removeEventListener('devicechange', wantLost)
      mending.close()
      for (const kind of TRACK_KINDS) stop(results[kind])
    },
  }
}

function hasEnded(result: TrackResult): boolean {
  return typeof result !== 'string' && result.readyState === 'ended'
}

function isWithheld(result: TrackResult): boolean {
  return typeof result !== 'string' && result.muted
}

function stop(result: TrackResult): void {
  if (typeof result !== 'string') result.stop()
}
