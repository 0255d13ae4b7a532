import type { Clock } from '@visavis/platform/clock'
import type { EventHold } from '../../platform/event-hold.ts'
import type { Rooms } from '../rooms/index.ts'
import { toldVersionOf } from './coverage-rules.ts'
import { linesFor } from './quality-rules.ts'
import type { SeatSessions } from './seat-sessions.ts'
import type { SeatQualities } from './seat-quality.ts'
import type { SeatReports } from './seat-reports.ts'
import { momentOf } from './seats.service.ts'
import type { Ticker } from './ticker.ts'
import type { VisitActs } from './visit-acts.ts'
import type { VisitHall } from './visit-hall.ts'
import type { VisitRecord } from './visit-record.ts'
import { clockOf, snapshotOf } from './visit-view.ts'

/** Tells the seats what concerns them. Nothing about observers comes this way (OV-3). */
export function tellSeats(deps: {
  acts: VisitActs
  ticker: Ticker
  rooms: Rooms
  hall: VisitHall
  sessions: SeatSessions
  hold: EventHold
  clock: Clock
  reports: Pick<SeatReports, 'reported'>
  qualities: Pick<SeatQualities, 'chosen' | 'linesMoved'>
}): void {
  const { acts, ticker, rooms, hall, sessions, hold } = deps
  const tellChanged = (visit: VisitRecord): void => {
    const moment = momentOf(deps, visit.visitId, visit.session.deliveredMs)
    for (const { seatId } of visit.seats) {
      sessions.tell(seatId, 'visit:changed', snapshotOf(visit, seatId, moment))
    }
  }
  acts.changed.on(({ before, visit }) => {
    // What concerns staff alone does not even make an event (OV-3).
    if (toldVersionOf(before) !== toldVersionOf(visit)) tellChanged(visit)
  })
  deps.reports.reported.on(tellChanged)
  deps.qualities.chosen.on(tellChanged)
  deps.qualities.linesMoved.on((visit) => {
    const { visitId } = visit
    const { quality } = momentOf(deps, visitId)
    for (const { seatId } of visit.seats) {
      sessions.tell(seatId, 'visit:lines', { visitId, lines: linesFor(visit, seatId, quality) })
    }
  })
  ticker.ticked.on(({ visit }) => {
    const clock = clockOf(visit, momentOf(deps, visit.visitId))
    for (const { seatId } of visit.seats) {
      sessions.tell(seatId, 'visit:ticked', { visitId: visit.visitId, clock })
    }
  })
  rooms.signals.consumerCreated.on(({ peerId, consumer }) => {
    hold.pass(peerId, () => sessions.tell(peerId, 'consumer:created', consumer))
  })
  rooms.signals.consumerClosed.on(({ peerId, consumerId }) => {
    hold.pass(peerId, () => sessions.tell(peerId, 'consumer:closed', { consumerId }))
  })
  rooms.signals.placed.on(({ visitId, epoch, isAnew }) => {
    if (!isAnew) return
    for (const { seatId } of hall.get(visitId)?.visit.seats ?? []) {
      sessions.tell(seatId, 'media:reset', { epoch })
    }
  })
}
