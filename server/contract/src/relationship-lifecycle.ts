import type { Moves } from './machine.ts'

/** EL-1. The states of a relationship, in the order of the database's enum. */
export const RELATIONSHIP_MOVE_STATES = [
  'REQUESTED',
  'APPROVED',
  'REJECTED',
  'SUSPENDED',
  'BANNED',
  'ENDED',
] as const
export type RelationshipState = (typeof RELATIONSHIP_MOVE_STATES)[number]

export const RELATIONSHIP_EVENTS = [
  'accept',
  'decline',
  'withdraw',
  'suspend',
  'ban',
  'restore',
  'end',
  'takeBack',
] as const
export type RelationshipEvent = (typeof RELATIONSHIP_EVENTS)[number]

/**
 * The whole relationship machine (EL-1). It begins REQUESTED with the facility's yes; `accept` and
 * `decline` are the inmate's. A suspension or ban that is set again gets another date. Either of the two
 * may `takeBack` what they agreed to, but not from under a suspension or ban, which would be gone with it.
 */
export const RELATIONSHIP_MOVES: Moves<RelationshipState, RelationshipEvent> = {
  REQUESTED: { accept: 'APPROVED', decline: 'REJECTED', withdraw: 'ENDED' },
  APPROVED: { suspend: 'SUSPENDED', ban: 'BANNED', end: 'ENDED', takeBack: 'ENDED' },
  REJECTED: {},
  SUSPENDED: { suspend: 'SUSPENDED', ban: 'BANNED', restore: 'APPROVED', end: 'ENDED' },
  BANNED: { ban: 'BANNED', restore: 'APPROVED', end: 'ENDED' },
  ENDED: {},
}

/** The stored state of a relationship, and when a suspension or ban lifts (null in BANNED: never). */
export type RelationshipStanding = {
  readonly state: RelationshipState
  readonly until: Date | null
}

/** The state that counts at `now`: a suspension or ban whose date has come is lifted by itself. */
export function relationshipStateAt(
  { state, until }: RelationshipStanding,
  now: Date,
): RelationshipState {
  const isLapsed = until !== null && until <= now
  return (state === 'SUSPENDED' || state === 'BANNED') && isLapsed ? 'APPROVED' : state
}
