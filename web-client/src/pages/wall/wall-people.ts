import { nextState } from '@visavis/contract/machine'
import { SEAT_MOVES } from '@visavis/contract/seat-lifecycle'
import type { SeatAction } from '@visavis/contract/seat-lifecycle'
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

/** The seat whose camera shows this person. */
export function cameraOf({ seatId, cameraSeatId }: WallSeat): string {
  return cameraSeatId ?? seatId
}

/** Who is compared with a picture now by that camera, the first of several; undefined: nobody. */
export function comparedAt({ seats }: WallVisit, cameraSeatId: string): WallSeat | undefined {
  return seats.find((seat) => seat.state === 'CHECKING' && cameraOf(seat) === cameraSeatId)
}

/** What an officer can do about one person; `gone`: who was turned away has left a shared camera. */
export type SeatAct = 'check' | 'admit' | 'lookAgain' | 'refuse' | 'remove' | 'gone'

/** By which move of the seat each is carried out, the likeliest first. */
const MOVE_OF: Readonly<Record<SeatAct, SeatAction>> = {
  check: 'check',
  admit: 'admit',
  lookAgain: 'putBack',
  refuse: 'refuse',
  remove: 'remove',
  gone: 'remove',
}

/** The acts that are offered for a person now: those the server's own table lets through (LV-3); pure. */
export function actsOn(seat: WallSeat, monitor: WallVisit['policy']['monitor']): SeatAct[] {
  return (Object.keys(MOVE_OF) as SeatAct[]).filter((act) => {
    // Where nobody may watch there is no picture to check: people are let in on sight of their papers.
    if (monitor === 'NONE' && act === 'check') return false
    const move = monitor === 'NONE' && act === 'admit' ? 'vouch' : MOVE_OF[act]
    return nextState(SEAT_MOVES, seat.state, move) !== null && isMeant(act, seat)
  })
}

/** Of the ways to turn somebody away, the one that fits where they are. */
function isMeant(act: SeatAct, { state, party, cameraSeatId }: WallSeat): boolean {
  if (act === 'gone') return state === 'REFUSED' && cameraSeatId !== null
  if (act !== 'remove') return true
  return party === 'VISITOR' && ['ADMITTED', 'IN', 'DISCONNECTED'].includes(state)
}

/** Whether a picture of their own is to be had of this person: who is at another's camera is in that one. */
export function hasCamera({ cameraSeatId, state }: WallSeat): boolean {
  return cameraSeatId === null && state !== 'REMOVED'
}
