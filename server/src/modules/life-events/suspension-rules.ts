import { Refusal } from '@visavis/contract/errors'
import type { AccountActor } from '../identity/index.ts'

/** Whom a suspension stops; exactly one of the three is set. */
export type SuspensionTarget = {
  readonly estateId: string | null
  readonly operatorId: string | null
  readonly facilityId: string | null
}

/** What an account runs, and whose the facility in question is. */
export type SuspensionRights = {
  readonly actor: Pick<AccountActor, 'facilityId' | 'operatorId'>
  /** The estate of the actor's operator. */
  readonly estateId: string | null
  /** The facility that is meant, with its operator. */
  readonly facility: { readonly facilityId: string; readonly operatorId: string } | null
}

const NOBODY: SuspensionTarget = { estateId: null, operatorId: null, facilityId: null }

/**
 * BK-12, TR-3. What such an account may suspend: a facility's administrator that facility, an operator's
 * administrator each and all of the operator's facilities, or the estate that the operator belongs to.
 */
export function suspensionTarget(
  scope: 'ESTATE' | 'OPERATOR' | 'FACILITY',
  rights: SuspensionRights,
): SuspensionTarget {
  const target = wishedTarget(scope, rights)
  if (!mayDecide(target, rights)) throw new Refusal('FORBIDDEN')
  return target
}

function wishedTarget(
  scope: 'ESTATE' | 'OPERATOR' | 'FACILITY',
  { actor, estateId, facility }: SuspensionRights,
): SuspensionTarget {
  switch (scope) {
    case 'FACILITY':
      return { ...NOBODY, facilityId: facility?.facilityId ?? actor.facilityId }
    case 'OPERATOR':
      return { ...NOBODY, operatorId: actor.operatorId }
    case 'ESTATE':
      return { ...NOBODY, estateId }
  }
}

/** Whether an account may decide about a suspension of that target: who may make one may lift it. */
export function mayDecide(
  target: SuspensionTarget,
  { actor, estateId, facility }: SuspensionRights,
): boolean {
  if (target.facilityId !== null) {
    const isOperated = actor.operatorId !== null && facility?.operatorId === actor.operatorId
    return target.facilityId === actor.facilityId || isOperated
  }
  if (target.operatorId !== null) return target.operatorId === actor.operatorId
  return target.estateId !== null && target.estateId === estateId
}
