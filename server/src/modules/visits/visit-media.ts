import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Rooms } from '../rooms/index.ts'
import { factsOf } from './facts-of.ts'
import { endByViolation } from './session-rules.ts'
import type { VisitActs, VisitChange } from './visit-acts.ts'
import type { VisitHall } from './visit-hall.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'
import type { VisitsRepo } from './visits.repo.ts'

/** A seat that became one of these has no media any more. */
const WITHOUT_MEDIA: readonly SeatRecord['state'][] = [
  'NOT_ARRIVED',
  'DISCONNECTED',
  'REFUSED',
  'REMOVED',
]

type Deps = {
  readonly acts: VisitActs
  readonly hall: VisitHall
  readonly repo: VisitsRepo
  readonly rooms: Rooms
  /** What must be finished while the ended visit's room still stands. */
  readonly beforeRoomCloses: (visitId: string) => Promise<void>
  readonly clock: Clock
  readonly log: Logger
}

/** Makes the rooms follow the visits, and the visits feel what happens in their rooms. */
export function tieVisitsToRooms(deps: Deps): void {
  const { acts, hall, rooms, clock, log } = deps
  const actQuietly = (
    visitId: string,
    act: Partial<Parameters<VisitActs['act']>[0]> = {},
  ): void => {
    acts.act({ visitId, ...act }).catch((error: unknown) => {
      log.error({ visitId, err: error }, 'visit could not follow its room')
    })
  }
  acts.changed.on((change) => follow(deps, change))
  const measured = (visitId: string, isFlowing: boolean): void => {
    const epochMs = rooms.placementOf(visitId)?.bothWayMs
    if (epochMs !== undefined) hall.measure(visitId, { epochMs, isFlowing, at: clock.now() })
  }
  rooms.signals.measured.on(({ visitId, epoch, flow }) => {
    hall.get(visitId)?.flow.note(epoch, flow)
    measured(visitId, rooms.placementOf(visitId)?.isFlowing ?? false)
  })
  rooms.signals.found.on(({ visitId, epoch, flow }) => {
    hall.get(visitId)?.flow.note(epoch, flow)
    measured(visitId, false)
  })
  rooms.signals.connectionChanged.on(({ visitId, seatId, isConnected }) => {
    hall.setMedia(visitId, seatId, isConnected)
    actQuietly(visitId)
  })
  rooms.signals.violated.on(({ visitId }) => actQuietly(visitId, { decide: endByViolation() }))
}

function follow(deps: Deps, { before, visit }: VisitChange): void {
  const { rooms, log } = deps
  const { visitId } = visit
  rooms.setVisitFacts(visitId, factsOf(visit))
  const work =
    visit.session.state === 'ENDED' ? endRoom(deps, visit) : closePeers(rooms, { before, visit })
  work.catch((error: unknown) =>
    log.error({ visitId, err: error }, 'room could not follow its visit'),
  )
}

async function closePeers(rooms: Rooms, { before, visit }: VisitChange): Promise<void> {
  const routerId = rooms.placementOf(visit.visitId)?.router.routerId
  if (!routerId) return
  const gone = visit.seats.filter(
    (seat, index) =>
      seat.state !== before.seats[index]?.state && WITHOUT_MEDIA.includes(seat.state),
  )
  await Promise.all(gone.map(({ seatId }) => rooms.peers.closePeer({ routerId, peerId: seatId })))
}

async function endRoom({ rooms, repo, beforeRoomCloses }: Deps, visit: VisitRecord): Promise<void> {
  const { visitId, session } = visit
  await beforeRoomCloses(visitId)
  const closed = await rooms.closeRoom(visitId)
  if (!closed) return
  await repo.storeDelivered(visitId, session.epochBaseMs + closed.bothWayMs)
  await repo.storeFlow(
    visitId,
    closed.flow.map((stretch) => ({ epoch: closed.epoch, stretch })),
  )
}
