import { RELATIONSHIP_MOVES } from '@visavis/contract/relationship-lifecycle'
import type { RelationshipEvent } from '@visavis/contract/relationship-lifecycle'
import type { Bond } from '../parts/types.ts'

/** What the office can do with a relationship. */
export const STAFF_MOVES = ['SUSPEND', 'BAN', 'RESTORE', 'END'] as const
export type StaffMove = (typeof STAFF_MOVES)[number]

const EVENT: Readonly<Record<StaffMove, RelationshipEvent>> = {
  SUSPEND: 'suspend',
  BAN: 'ban',
  RESTORE: 'restore',
  END: 'end',
}

/** The moves that EL-1 has from the state a relationship is in. */
export function movesOf({ state }: Pick<Bond, 'state'>): StaffMove[] {
  return STAFF_MOVES.filter((move) => RELATIONSHIP_MOVES[state][EVENT[move]] !== undefined)
}
