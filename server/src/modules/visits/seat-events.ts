import type { Clock } from '@visavis/platform/clock'
import type { EventHold } from '../../platform/event-hold.ts'
import type { Rooms } from '../rooms/index.ts'
import type { SeatConnections } from './seat-connections.ts'
import { momentOf } from './seats.service.ts'
import type { Ticker } from './ticker.ts'
import type { VisitActs } from './visit-acts.ts'
import type { VisitHall } from './visit-hall.ts'
import { clockOf, snapshotOf } from './visit-view.ts'

/** Tells the seats what concerns them. Nothing about observers comes this way (OV-3). */
export function tellSeats(deps: {
  acts: VisitActs
  ticker: Ticker
  rooms: Rooms
  hall: VisitHall
  connections: SeatConnections
  hold: EventHold
  clock: Clock
}): void {
  const { acts, ticker, rooms, hall, connections, hold } = deps
  acts.changed.on(({ visit }) => {
    const moment = momentOf(deps, visit.visitId, visit.session.deliveredMs)
    for (const { seatId } of visit.seats) {
      connections.socketOf(seatId)?.emit('visit:changed', snapshotOf(visit, seatId, moment))
    }
  })
  ticker.ticked.on(({ visit }) => {
    const clock = clockOf(visit, momentOf(deps, visit.visitId))
    for (const { seatId } of visit.seats) {
      connections.socketOf(seatId)?.emit('visit:ticked', { visitId: visit.visitId, clock })
    }
  })
  rooms.signals.consumerCreated.on(({ peerId, consumer }) => {
    hold.pass(peerId, () => connections.socketOf(peerId)?.emit('consumer:created', consumer))
  })
  rooms.signals.consumerClosed.on(({ peerId, consumerId }) => {
    hold.pass(peerId, () => connections.socketOf(peerId)?.emit('consumer:closed', { consumerId }))
  })
  rooms.signals.placed.on(({ visitId, epoch, isAnew }) => {
    if (!isAnew) return
    for (const { seatId } of hall.get(visitId)?.visit.seats ?? []) {
      connections.socketOf(seatId)?.emit('media:reset', { epoch })
    }
  })
}
