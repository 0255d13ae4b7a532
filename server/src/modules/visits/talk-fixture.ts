import type { SeatLink } from './seat-link.ts'
import type { Decide } from './session-rules.ts'
import { settle } from './settle-rules.ts'
import {
  INMATE_SEAT,
  OFFICER,
  SECOND_VISITOR_SEAT,
  START,
  VISITOR_SEAT,
  aSeat,
  aVisitRecord,
  at,
} from './visit-fixture.ts'
import type { VisitRecord } from './visit-record.ts'
import { applyStep } from './visit-step.ts'

const HERE: SeatLink = { kind: 'CONNECTED' }
/** Words of a warning that an officer typed. */
export const TYPED = { texts: { ru: 'Секрет' }, readyTextId: null, isTyped: true }
const inside = { state: 'IN' as const, arrivedAt: START, admittedAt: START }

export type Monitor = VisitRecord['policy']['monitor']

/** Everybody is in and the visit is live; time and links move by hand. */
export class Talk {
  visit: VisitRecord
  now = at(1)
  readonly links = new Map<string, SeatLink>()
  #ids = 0

  constructor(monitor: Monitor = 'AV', session: Partial<VisitRecord['session']> = {}) {
    const seats = [
      { ...aSeat(VISITOR_SEAT, 'VISITOR'), ...inside },
      { ...aSeat(SECOND_VISITOR_SEAT, 'VISITOR'), ...inside },
      { ...aSeat(INMATE_SEAT, 'INMATE'), ...inside },
    ]
    this.visit = aVisitRecord({
      policy: { monitor, isRecorded: false },
      ...(monitor === 'NONE' ? { visitClass: 'privileged' as const } : {}),
      session: { state: 'LIVE', liveSince: START, epoch: 1, ...session },
      seats,
    })
    for (const { seatId } of seats) this.links.set(seatId, HERE)
  }

  by() {
    this.#ids += 1
    const interventionId = `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`
    return { interventionId, by: OFFICER }
  }

  situation() {
    const { visit, links, now } = this
    return { visit, links, now, deliveredMs: 0, doorOpenSince: START }
  }

  /** What is decided and whatever follows; gives the steps. */
  act(decide: Decide = () => []) {
    const wished = decide(this.situation())
    for (const step of wished) this.visit = applyStep(this.visit, step, this.now)
    const following = settle(this.situation())
    for (const step of following) this.visit = applyStep(this.visit, step, this.now)
    return [...wished, ...following]
  }

  later(ms: number) {
    this.now = new Date(this.now.getTime() + ms)
    return this.act()
  }
}
