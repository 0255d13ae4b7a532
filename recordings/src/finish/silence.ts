import { OPUS_CLOCK_RATE } from '../rtp/opus.ts'
import type { Frame } from './frames.ts'

/** Twenty milliseconds of silence, whatever the sender's bandwidth (RFC 6716: CELT, fullband, one frame). */
const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe)
const SILENCE_MS = 20
const SILENCE_TICKS = (SILENCE_MS * OPUS_CLOCK_RATE) / 1000
/** No visit lasts longer; a clock that a sender lets jump must not fill a disk with silence. */
const MOST_FILLED_MS = 24 * 60 * 60 * 1000

/** Sound without holes, and how much of it was never sent. */
export type FilledSound = { readonly frames: Iterable<Frame>; readonly filledMs: () => number }

/**
 * Puts silence into the places of Opus packets that never came, so that what plays the file needs no guess of
 * its own. What is shorter than one packet of silence stays as it is.
 */
export function fillWithSilence(frames: Iterable<Frame>): FilledSound {
  let filledMs = 0
  function* fill(): Generator<Frame> {
    let endsAt: number | null = null
    for (const frame of frames) {
      for (
        let at: number = endsAt ?? frame.timestamp;
        isRoom(at, frame.timestamp);
        at += SILENCE_TICKS
      ) {
        if (filledMs >= MOST_FILLED_MS) break
        filledMs += SILENCE_MS
        yield silenceAt(at)
      }
      yield frame
      endsAt = frame.timestamp + ((frame.durationMs ?? 0) * OPUS_CLOCK_RATE) / 1000
    }
  }
  return { frames: { [Symbol.iterator]: fill }, filledMs: () => filledMs }
}

function isRoom(at: number, next: number): boolean {
  return at + SILENCE_TICKS <= next
}

function silenceAt(timestamp: number): Frame {
  return {
    timestamp,
    isKey: true,
    bytes: SILENCE,
    durationMs: SILENCE_MS,
    size: null,
    isFiller: true,
  }
}
