import { Refusal } from '@visavis/contract/errors'
import type { Tx } from '../../platform/transact.ts'
import { reachRepo } from './reach.repo.ts'

/** A visitor or an inmate. */
export type Person = { readonly kind: 'VISITOR' | 'INMATE'; readonly personId: string }

/** Refuses with `NOT_FOUND` a visitor who has, and asked for, nobody at the facility and is in no task of its. */
export async function requireVisitorOf(
  tx: Tx,
  facilityId: string,
  visitorId: string,
): Promise<void> {
  if (!(await reachRepo.isVisitorOf(tx, facilityId, visitorId))) throw new Refusal('NOT_FOUND')
}

/** Refuses with `NOT_FOUND` an inmate of another facility. */
export async function requireInmateOf(tx: Tx, facilityId: string, inmateId: string): Promise<void> {
  if (!(await reachRepo.isInmateOf(tx, facilityId, inmateId))) throw new Refusal('NOT_FOUND')
}

/** Refuses with `NOT_FOUND` unless all of them exist and the facility knows one of them. */
export async function requireOneOf(
  tx: Tx,
  facilityId: string,
  people: readonly Person[],
): Promise<void> {
  let isOneKnown = false
  for (const { kind, personId } of people) {
    const isInmate = kind === 'INMATE'
    const isThere = isInmate
      ? await reachRepo.isInmate(tx, personId)
      : await reachRepo.isVisitor(tx, personId)
    if (!isThere) throw new Refusal('NOT_FOUND')
    isOneKnown ||= isInmate
      ? await reachRepo.isInmateOf(tx, facilityId, personId)
      : await reachRepo.isVisitorOf(tx, facilityId, personId)
  }
  if (!isOneKnown) throw new Refusal('NOT_FOUND')
}
