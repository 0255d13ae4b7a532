import type { VisitSnapshot } from '@visavis/contract/visit'

type Other = VisitSnapshot['others'][number]

/** Somebody who is, or may be said to be, at one's own device. */
export type Companion = Pick<Other, 'seatId' | 'displayName' | 'state'> & {
  readonly isHere: boolean
  /** Turned away: stays until an officer has seen them go. */
  readonly isFixed: boolean
}

/** Whom one may tell of at one's own device (LV-3); empty where there is nobody, or a host tells. Pure. */
export function companionsOf({ you, others }: VisitSnapshot): readonly Companion[] {
  return others.flatMap(({ seatId, displayName, state, cameraSeatId }): Companion[] => {
    const isHere = cameraSeatId === you.seatId && state !== 'REMOVED'
    if (!isHere && !you.mayGather.includes(seatId)) return []
    return [{ seatId, displayName, state, isHere, isFixed: state === 'REFUSED' }]
  })
}

/** The whole that is told when one of them comes or goes; who was turned away is not ours to tell. Pure. */
export function companyWith(
  companions: readonly Companion[],
  { seatId, isHere }: { readonly seatId: string; readonly isHere: boolean },
): string[] {
  return companions
    .filter((one) => (one.seatId === seatId ? isHere : one.isHere && !one.isFixed))
    .map((one) => one.seatId)
}

/** Everybody whose picture a camera gives: who holds it first, then who is with them. Pure. */
export function namesAt({ others }: Pick<VisitSnapshot, 'others'>, cameraSeatId: string): string[] {
  return camerasFirst(others)
    .filter(({ seatId, cameraSeatId: at }) => (at ?? seatId) === cameraSeatId)
    .filter(({ state }) => state === 'IN')
    .map(({ displayName }) => displayName)
}

/** Those with a device of their own before those who sit beside them; otherwise as they came. Pure. */
export function camerasFirst(others: readonly Other[]): readonly Other[] {
  return others.toSorted(
    (a, b) => Number(a.cameraSeatId !== null) - Number(b.cameraSeatId !== null),
  )
}
