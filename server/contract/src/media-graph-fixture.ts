import { RECORDER_SINK, STILLS_SINK } from './media-graph.ts'
import type { MonitorMode, VisitClass } from './media-policy.ts'
import type { SeatState } from './seat-lifecycle.ts'
import type { SessionState } from './session-lifecycle.ts'

/**
 * The rules of the media graph stated anew from the rulebook, as tables and in other words than the
 * function's, for tests: nothing of media-graph.ts helps to work them out.
 */

/** LV-1, LV-3, OV-5: who may be reached at all in that state of the session. */
const REACHED: Readonly<Record<SessionState, readonly Reach[]>> = {
  SCHEDULED: [],
  LOBBY: [],
  ID_CHECK: ['watchers'],
  READY: ['watchers'],
  LIVE: ['people', 'watchers', 'recorder', 'speech'],
  PAUSED: ['watchers', 'speech'],
  RECONNECTING: ['people', 'watchers', 'recorder', 'speech'],
  MISSING_MONITOR: ['people', 'watchers', 'recorder', 'speech'],
  ENDED: [],
}
type Reach = 'people' | 'watchers' | 'recorder' | 'speech'

/** LV-3: whom of the people that state lets whom have. */
const HAD_BY: Readonly<Record<SeatState, readonly Reach[]>> = {
  NOT_ARRIVED: [],
  WAITING: [],
  CHECKING: ['watchers'],
  ADMITTED: ['watchers'],
  REFUSED: [],
  IN: ['people', 'watchers', 'recorder', 'speech'],
  DISCONNECTED: [],
  REMOVED: [],
}

/** OV-1, OV-2: what watchers may perceive, by class and policy; `s`: stills, `v`: pictures, `a`: sound. */
const PERCEIVED: Readonly<Record<VisitClass, Readonly<Record<MonitorMode, string>>>> = {
  social: { AV: 'sva', SIGHT_ONLY: 'sv', NONE: '' },
  official: { AV: 'sva', SIGHT_ONLY: 'sv', NONE: '' },
  privileged: { AV: '', SIGHT_ONLY: 'v', NONE: '' },
}

/** The sinks: the sender, another person, officers, what the node itself makes, and who has no business there. */
export const SELF = 'self'
export const OTHER = 'other'
export const GLANCES = 'officer on a tile'
export const LISTENS = 'officer in focus'
export const SPEAKS = 'officer who speaks'
export const STRANGER = 'stranger'
export const SINKS = [
  SELF,
  OTHER,
  GLANCES,
  LISTENS,
  SPEAKS,
  RECORDER_SINK,
  STILLS_SINK,
  STRANGER,
] as const

/** What decides who gets a seat's media, and a speaking officer's; `other` is whom they would go to. */
export type Case = {
  readonly visitClass: VisitClass
  readonly monitor: MonitorMode
  readonly isRecorded: boolean
  readonly state: SessionState
  readonly own: SeatState
  readonly other: SeatState
  readonly hasGrant: boolean
  readonly isSpeaking: boolean
}

/** How each sink is reached, which perceptions it takes, and what else it needs. */
const RULES: Readonly<Record<string, Rule>> = {
  [OTHER]: { reach: 'people', gets: () => 'av', needs: ({ other }) => other === 'IN' },
  [GLANCES]: { reach: 'watchers', gets: (perceived) => only(perceived, 'v') },
  [LISTENS]: { reach: 'watchers', gets: (perceived) => only(perceived, 'av') },
  [STILLS_SINK]: {
    reach: 'watchers',
    gets: (perceived) => (perceived.includes('s') ? 'v' : ''),
  },
  [RECORDER_SINK]: {
    reach: 'recorder',
    gets: (perceived) => (perceived.includes('a') ? 'av' : ''),
    needs: ({ isRecorded, hasGrant }) => isRecorded && hasGrant,
  },
}
type Rule = {
  readonly reach: Reach
  readonly gets: (perceived: string) => string
  readonly needs?: (given: Case) => boolean
}

const only = (perceived: string, letters: string) =>
  letters.replaceAll(/./g, (letter) => (perceived.includes(letter) ? letter : ''))

/** What of a seat's media each sink gets, as `av`, `v` or nothing. */
export function ruled(given: Case, sink: string): string {
  const rule = RULES[sink]
  if (!rule) return ''
  const { visitClass, monitor, state, own } = given
  const isReached = REACHED[state].includes(rule.reach) && HAD_BY[own].includes(rule.reach)
  const isMet = rule.needs?.(given) ?? true
  return isReached && isMet ? rule.gets(PERCEIVED[visitClass][monitor]) : ''
}

/** What of a speaking officer's media each sink gets. */
export function ruledSpeech(
  { visitClass, monitor, state, own, other, isSpeaking }: Case,
  sink: string,
) {
  if (!isSpeaking || PERCEIVED[visitClass][monitor] === '') return ''
  const listener = sink === SELF ? own : sink === OTHER ? other : null
  return listener && REACHED[state].includes('speech') && HAD_BY[listener].includes('speech')
    ? 'av'
    : ''
}
