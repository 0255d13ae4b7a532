/** A fifth of a second of sound or less at any usual rate: quick enough to look alive. */
const FFT_SIZE = 2_048
/** Loudness that reads as nothing and as full, in decibels below full scale: a quiet room, a loud voice. */
const FLOOR_DB = -60
const CEILING_DB = -10

/** Measures how loud a microphone is, whichever track it has just now. */
export type TrackMeter = {
  /** 0 to 1; 0 without a track, and as long as the browser keeps its audio engine asleep. */
  readonly level: (track: MediaStreamTrack | null) => number
  readonly close: () => void
}

type Tap = {
  readonly track: MediaStreamTrack
  readonly level: () => number
  readonly close: () => void
}

/** Makes a meter. It takes no audio engine before the first level is asked for; it may be used after a close. */
export function createTrackMeter(): TrackMeter {
  let tap: Tap | null = null
  const close = (): void => {
    tap?.close()
    tap = null
  }
  return {
    level(track) {
      if (tap?.track !== track) close()
      if (track) tap ??= tapTrack(track)
      return tap?.level() ?? 0
    },
    close,
  }
}

/** Listens to a track without making it heard. */
function tapTrack(track: MediaStreamTrack): Tap {
  const context = new AudioContext()
  const source = context.createMediaStreamSource(new MediaStream([track]))
  const analyser = new AnalyserNode(context, { fftSize: FFT_SIZE })
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    track,
    level() {
      // Asleep until a gesture where the page was opened without one; asking again costs nothing.
      if (context.state === 'suspended') void context.resume().catch(() => undefined)
      analyser.getFloatTimeDomainData(samples)
      return levelOf(samples)
    },
    close() {
      source.disconnect()
      void context.close()
    },
  }
}

/** Loudness of samples (-1 to 1) on a scale from 0 to 1 that follows the ear. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  if (!(power > 0)) return 0
  const decibels = 10 * Math.log10(power)
  return Math.min(1, Math.max(0, (decibels - FLOOR_DB) / (CEILING_DB - FLOOR_DB)))
}
