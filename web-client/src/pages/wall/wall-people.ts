import type { WallVisit } from '@visavis/contract/visit'

export type WallSeat = WallVisit['seats'][number]

/** The seat that one press admits: the person under check, if it is one alone. */
export function seatToAdmit({ seats }: WallVisit): string | null {
  const checking = seats.filter(({ state }) => state === 'CHECKING')
  return checking.length === 1 ? (checking[0]?.seatId ?? null) : null
}

/** Names of one side, joined by commas. */
export function namesOf({ seats }: WallVisit, party: WallSeat['party']): string {
  return seats
    .filter((seat) => seat.party === party)
    .map(({ name }) => name)
    .join(', ')
}
