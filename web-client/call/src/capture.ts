import { TRACK_KINDS, openTrack, openTracks } from './device-tracks.ts'
import type { TrackKind, TrackResult, TrackResults } from './device-tracks.ts'
import { createReruns } from './reruns.ts'
import type { RunResult } from './reruns.ts'
import type { DeviceChoice } from './types.ts'

/** Devices held for one choice of camera and microphone, from opening to closing. */
export type Capture = {
  /** Asks for the devices; `onChange` tells what came of it. Never rejects. */
  readonly open: () => Promise<void>
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

  const put = (kind: TrackKind, result: TrackResult): void => {
    // The person went on or away while the browser asked.
    if (isClosed) {
      stop(result)
      return
    }
    results = { ...results, [kind]: result }
    if (typeof result !== 'string') result.addEventListener('ended', mending.ask, { once: true })
  }
  const mend = async (): Promise<RunResult> => {
    for (const kind of TRACK_KINDS) {
      if (!hasEnded(results[kind])) continue
      put(kind, 'NOT_FOUND')
      onChange(results)
      put(kind, await openTrack(devices, kind, choice))
      if (isClosed) return 'done'
      onChange(results)
    }
    return 'done'
  }
  const mending = createReruns(mend)
  return {
    async open() {
      const opened = await openTracks(devices, choice)
      for (const kind of TRACK_KINDS) put(kind, opened[kind])
      if (!isClosed) onChange(results)
    },
    close() {
      isClosed = true
      mending.close()
      for (const kind of TRACK_KINDS) stop(results[kind])
    },
  }
}

function hasEnded(result: TrackResult): boolean {
  return typeof result !== 'string' && result.readyState === 'ended'
}

function stop(result: TrackResult): void {
  if (typeof result !== 'string') result.stop()
}
