import { Refusal, assertNever } from '@visavis/contract/errors'
import { isElsewhere } from '../identity/index.ts'
import type { AccountActor, InmateActor, TerminalActor } from '../identity/index.ts'

/** Who may test: a visitor or professional, a room device, an inmate in a visit's window, or a terminal. */
export type Tester = AccountActor | InmateActor | TerminalActor

/** A visit as far as it says whose test it may have. */
export type VisitForTest = {
  readonly visitId: string
  readonly terminalId: string
  readonly session: { readonly state: string } | null
  readonly seats: readonly {
    readonly seatId: string
    readonly visitorId: string | null
    readonly inmateId: string | null
  }[]
}

/** The seat of the visit that the test is for. Refuses with VISIT_NOT_FOUND what is not the tester's, and VISIT_ENDED. */
export function requireOwnVisit(tester: Tester, visit: VisitForTest | null): string {
  const seat = visit && ownSeat(tester, visit)
  if (!visit || !seat) throw new Refusal('VISIT_NOT_FOUND')
  if (visit.session?.state === 'ENDED') throw new Refusal('VISIT_ENDED')
  return seat.seatId
}

function ownSeat(tester: Tester, visit: VisitForTest) {
  const { seats, terminalId, visitId } = visit
  switch (tester.kind) {
    case 'account':
      if (tester.visitorId === null || isElsewhere(tester, visitId)) return undefined
      return seats.find(({ visitorId }) => visitorId === tester.visitorId)
    case 'inmate':
      return seats.find(({ inmateId }) => inmateId === tester.inmateId)
    case 'terminal':
      if (terminalId !== tester.terminalId) return undefined
      return seats.find(({ inmateId }) => inmateId !== null)
    default:
      return assertNever(tester)
  }
}
