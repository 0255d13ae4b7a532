import type { Reply } from '../../api/api.ts'

/** A visit as the host's desk gets it. */
export type DeskVisit = Reply<'deskDay'>['visits'][number]
export type DeskPerson = DeskVisit['visitors'][number]

/** How far a visit is, as the desk has to do with it. */
export type DeskPhase = 'CHECK_IN' | 'CODE' | 'READY' | 'OVER'

/** Whom the host has still to see: every adult; children come with them (EL-6). */
export function adultsToSee({ visitors }: Pick<DeskVisit, 'visitors'>): readonly DeskPerson[] {
  return visitors.filter(({ isAdult, checkedInAt }) => isAdult && checkedInAt === null)
}

/** What comes next for a visit: seeing its people, handing over the room's device, or nothing more. */
export function deskPhase(visit: DeskVisit, nowMs: number): DeskPhase {
  if (visit.outcome !== null || Date.parse(visit.endsAt) <= nowMs) return 'OVER'
  if (visit.isRoomReady) return 'READY'
  return adultsToSee(visit).length > 0 ? 'CHECK_IN' : 'CODE'
}

/** Whom the host may still check in, children too: their document may be seen as well. */
export function mayCheckIn(person: DeskPerson, phase: DeskPhase): boolean {
  return person.checkedInAt === null && phase !== 'OVER'
}

/** In the order in which people come to the desk. */
export function byStart(visits: readonly DeskVisit[]): DeskVisit[] {
  return visits.toSorted(
    (a, b) => a.startsAt.localeCompare(b.startsAt) || a.room.name.localeCompare(b.room.name),
  )
}
