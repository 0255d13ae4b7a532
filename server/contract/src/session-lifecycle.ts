import type { Moves } from './machine.ts'

/** LV-1. The states of a visit's live session, in the order of an undisturbed visit. */
export const SESSION_STATES = [
  'SCHEDULED',
  'LOBBY',
  'ID_CHECK',
  'READY',
  'LIVE',
  'PAUSED',
  'RECONNECTING',
  'MISSING_MONITOR',
  'ENDED',
] as const
export type SessionState = (typeof SESSION_STATES)[number]

/** People gather, are checked, or wait for the start. */
export const GATHERING_STATES: readonly SessionState[] = ['LOBBY', 'ID_CHECK', 'READY']

/** The sides were brought together and the visit has not ended, even while nothing flows. */
export const UNDER_WAY_STATES: readonly SessionState[] = [
  'LIVE',
  'PAUSED',
  'RECONNECTING',
  'MISSING_MONITOR',
]

/** The visit has, or should have, a room: somebody has come, and it has not ended. */
export const OPEN_STATES: readonly SessionState[] = [...GATHERING_STATES, ...UNDER_WAY_STATES]

export const SESSION_ACTIONS = [
  'open',
  'check',
  'ready',
  'unready',
  'start',
  'pause',
  'resume',
  'drop',
  'recover',
  'loseMonitor',
  'regainMonitor',
  'end',
] as const
export type SessionAction = (typeof SESSION_ACTIONS)[number]

/** The whole session machine (LV-1). `ready` from LOBBY serves visits whose people are vouched for without a picture. */
export const SESSION_MOVES: Moves<SessionState, SessionAction> = {
  SCHEDULED: { open: 'LOBBY', end: 'ENDED' },
  LOBBY: { check: 'ID_CHECK', ready: 'READY', end: 'ENDED' },
  ID_CHECK: { ready: 'READY', unready: 'LOBBY', end: 'ENDED' },
  READY: { start: 'LIVE', unready: 'LOBBY', check: 'ID_CHECK', end: 'ENDED' },
  LIVE: { pause: 'PAUSED', drop: 'RECONNECTING', loseMonitor: 'MISSING_MONITOR', end: 'ENDED' },
  PAUSED: { resume: 'LIVE', end: 'ENDED' },
  RECONNECTING: { recover: 'LIVE', pause: 'PAUSED', end: 'ENDED' },
  MISSING_MONITOR: {
    regainMonitor: 'LIVE',
    drop: 'RECONNECTING',
    pause: 'PAUSED',
    end: 'ENDED',
  },
  ENDED: {},
}
