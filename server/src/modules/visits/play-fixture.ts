import { sitDown } from './admission-rules.ts'
import { factsOf } from './facts-of.ts'
import { sharedLinks } from './seat-link.ts'
import type { SeatLink } from './seat-link.ts'
import { admitSeat, checkSeat } from './session-rules.ts'
import type { Decide } from './session-rules.ts'
import { settle } from './settle-rules.ts'
import { OFFICER, aVisitRecord, at } from './visit-fixture.ts'
import { seatOf } from './visit-record.ts'
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'
import { waitingReasonOf } from './waiting-reason.ts'

/** A visit that runs as the server would run it, with whoever has a device of their own. */
export class Play {
  visit: VisitRecord
  readonly links = new Map<string, SeatLink>()
  roomDevices = new Set<string>()
  now = at(1)

  constructor(visit: VisitRecord) {
    this.visit = visit
  }

  situation() {
    const { visit, now, roomDevices } = this
    return { visit, now, roomDevices, deliveredMs: 0, links: sharedLinks(this.links, visit.seats) }
  }

  act(decide: Decide = () => []): this {
    const apply = (step: Parameters<typeof applyStep>[1]) => {
      this.visit = applyStep(this.visit, step, this.now)
    }
    decide(this.situation()).forEach(apply)
    settle(this.situation()).forEach(apply)
    return this
  }

  join(seatId: string, isRoomDevice = false): this {
    this.links.set(seatId, { kind: 'CONNECTED' })
    if (isRoomDevice) this.roomDevices.add(seatId)
    else this.roomDevices.delete(seatId)
    return this.act(sitDown(seatId, { isRoomDevice }))
  }

  admit(seatId: string): this {
    return this.act(checkSeat(seatId)).act(admitSeat(seatId, OFFICER))
  }

  /** The session, then mother, child and inmate. */
  states(): string[] {
    return [this.visit.session.state, ...this.visit.seats.map(({ state }) => state)]
  }

  roomState(seatId: string): string | undefined {
    return factsOf(this.visit).seats.find((seat) => seat.seatId === seatId)?.state
  }

  reason(seatId: string) {
    const seat = seatOf(this.visit, seatId)
    return seat && waitingReasonOf(this.visit, seat, this.now)
  }
}

/** A {@link Play} of such a visit. */
export const aPlay = (given: Parameters<typeof aVisitRecord>[0] = {}): Play =>
  new Play(aVisitRecord(given))
