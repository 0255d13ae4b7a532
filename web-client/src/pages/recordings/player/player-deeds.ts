import { neighbourOf } from './line-rules.ts'
import type { LineEvent } from './line-rules.ts'
import { NO_MARKS, fasterThan, withMark } from './player-keys.ts'
import type { Marks, PlayerDeed } from './player-keys.ts'
import type { ToldPlayback } from './told-playback.ts'

/** Steps of keys and buttons, in ms. */
const STEP_MS = 5_000
const FAR_STEP_MS = 10_000
/** A camera sends at most thirty pictures a second; a slower one takes several steps. */
const FRAME_MS = 34

export type PlayerDeeds = Readonly<Record<PlayerDeed | 'clearMarks', () => void>>

type DeedsOf = {
  readonly told: ToldPlayback
  readonly events: readonly LineEvent[]
  readonly marks: Marks
  readonly onMarks: (marks: Marks) => void
  readonly onNote: () => void
  readonly onHelp: () => void
}

/** What can be done in the player, by keys and buttons alike. */
export function deedsOf({ told, events, marks, onMarks, onNote, onHelp }: DeedsOf): PlayerDeeds {
  const hereMs = () => told.getState().aimMs ?? told.getState().positionMs
  const step = (byMs: number) => () => void told.step(byMs)
  const frame = (byMs: number) => () => {
    told.pause()
    void told.step(byMs)
  }
  const jump = (way: 'next' | 'previous') => () => {
    const event = neighbourOf(events, hereMs(), way)
    if (event) void told.seek(event.atMs)
  }
  const mark = (which: 'in' | 'out') => () => onMarks(withMark(marks, which, hereMs()))
  return {
    toggle: () => told.toggle(),
    stop: () => told.pause(),
    faster: () => {
      const { isPlaying, speed } = told.getState()
      if (isPlaying) told.setSpeed(fasterThan(speed))
      else void told.play()
    },
    farBack: step(-FAR_STEP_MS),
    back: step(-STEP_MS),
    forward: step(STEP_MS),
    frameBack: frame(-FRAME_MS),
    frameForward: frame(FRAME_MS),
    previousEvent: jump('previous'),
    nextEvent: jump('next'),
    markIn: mark('in'),
    markOut: mark('out'),
    clearMarks: () => onMarks(NO_MARKS),
    note: onNote,
    help: onHelp,
  }
}
