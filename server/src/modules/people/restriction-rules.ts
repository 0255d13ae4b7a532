import type { Person } from './reach.ts'

type Kind = 'NO_CONTACT' | 'BAN' | 'CHILD_PROTECTION' | 'CLOSED_ONLY'
type Fault = { readonly field: string; readonly cure: string }

/** Whom each kind is about: NO_CONTACT two, a BAN a visitor, the others an inmate. */
const PEOPLE_OF = {
  NO_CONTACT: { visitorId: true, inmateId: true },
  BAN: { visitorId: true, inmateId: false },
  CHILD_PROTECTION: { visitorId: false, inmateId: true },
  CLOSED_ONLY: { visitorId: false, inmateId: true },
} as const satisfies Record<Kind, { visitorId: boolean; inmateId: boolean }>

/** A restriction as it is entered. */
export type GivenRestriction = {
  readonly kind: Kind
  readonly visitorId?: string | undefined
  readonly inmateId?: string | undefined
  readonly startsAt: string
  readonly endsAt: string | null
}

/** What is wrong with it; empty: nothing. */
export function restrictionFaults(given: GivenRestriction): Fault[] {
  const wanted = PEOPLE_OF[given.kind]
  const faults: Fault[] = []
  for (const field of ['visitorId', 'inmateId'] as const) {
    const isGiven = given[field] !== undefined
    if (isGiven === wanted[field]) continue
    const cure = wanted[field]
      ? 'Say whom it is about.'
      : `A ${given.kind} is not about this person.`
    faults.push({ field, cure })
  }
  const isBackwards =
    given.endsAt !== null && Date.parse(given.endsAt) <= Date.parse(given.startsAt)
  if (isBackwards) faults.push({ field: 'endsAt', cure: 'Give an end after the start, or none.' })
  return faults
}

/** The people of a restriction. */
export function peopleOf(given: {
  readonly visitorId?: string | null | undefined
  readonly inmateId?: string | null | undefined
}): Person[] {
  const { visitorId, inmateId } = given
  return [
    ...(visitorId == null ? [] : [{ kind: 'VISITOR' as const, personId: visitorId }]),
    ...(inmateId == null ? [] : [{ kind: 'INMATE' as const, personId: inmateId }]),
  ]
}

/** Whether a restriction is on this pair: what names one of them is on that one with everybody. */
export function isOnPair(
  restriction: { readonly visitorId: string | null; readonly inmateId: string | null },
  pair: { readonly visitorId: string; readonly inmateId: string },
): boolean {
  const isVisitor = restriction.visitorId === null || restriction.visitorId === pair.visitorId
  const isInmate = restriction.inmateId === null || restriction.inmateId === pair.inmateId
  return isVisitor && isInmate
}
