import { neighbourOf, nextSpeechMs } from './line-rules.ts'
import type { LineEvent, Stretch } from './line-rules.ts'
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
  /** Where somebody speaks, of all people. */
  readonly speech: readonly Stretch[]
  readonly marks: Marks
  readonly onMarks: (marks: Marks) => void
  readonly onNote: () => void
  readonly onHelp: () => void
}

/** What can be done in the player, by keys and buttons alike. */
export function deedsOf(given: DeedsOf): PlayerDeeds {
  const { told, events, speech, marks, onMarks, onNote, onHelp } = given
  const hereMs = () => told.getState().aimMs ?? told.getState().positionMs
  const step = (byMs: number) => () => void told.step(byMs)
  const frame = (byMs: number) => () => {
    told.pause()
    void told.step(byMs)
  }
  const flags = events.filter(({ kind }) => kind === 'FLAG')
  const jump = (way: 'next' | 'previous', among: readonly LineEvent[]) => () => {
    const event = neighbourOf(among, hereMs(), way)
    if (event) void told.seek(event.atMs)
  }
  const toSpeech = () => {
    const atMs = nextSpeechMs(speech, hereMs())
    if (atMs !== null) void told.seek(atMs)
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
    previousEvent: jump('previous', events),
    nextEvent: jump('next', events),
    previousFlag: jump('previous', flags),
    nextFlag: jump('next', flags),
    nextSpeech: toSpeech,
    markIn: mark('in'),
    markOut: mark('out'),
    clearMarks: () => onMarks(NO_MARKS),
    note: onNote,
    help: onHelp,
  }
}
