import { Refusal } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { visitCommands } from '@visavis/contract/visit-socket'
import type { Clock } from '@visavis/platform/clock'
import { turnServers } from '../../platform/turn.ts'
import type { TurnConfig } from '../../platform/turn.ts'
import { isElsewhere, isOwnSeat } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import type { Placement, Rooms, RoomWish } from '../rooms/index.ts'
import { adultMissingSince } from './adult-rules.ts'
import { factsOf } from './facts-of.ts'
import { callHelp } from './help-rules.ts'
import { acknowledgeWarning } from './intervention-rules.ts'
import type { JoinedSeat, SeatConnections, SeatSocket } from './seat-connections.ts'
import type { SeatSessions } from './seat-sessions.ts'
import { sitDown, sitTogether } from './admission-rules.ts'
import { endByParty, requireJoinable } from './session-rules.ts'
import type { VisitActs } from './visit-acts.ts'
import type { Cause } from './visit-audit.ts'
import type { VisitChecks } from './visit-checks.ts'
import type { VisitHall } from './visit-hall.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'
import { snapshotOf } from './visit-view.ts'
import type { ViewMoment } from './visit-view.ts'
import type { VisitsRepo } from './visits.repo.ts'

type Commands = typeof visitCommands
type Seating = {
  /** The epoch of the media that the client still holds. */
  readonly holdingEpoch: number | null
  readonly socket: SeatSocket
  readonly cause: Cause
  /** As `ownSeat` found it. */
  readonly visit: VisitRecord
}

type OwnSeat = { readonly seat: JoinedSeat; readonly visit: VisitRecord }

type Deps = {
  readonly repo: VisitsRepo
  readonly hall: VisitHall
  readonly acts: VisitActs
  readonly rooms: Rooms
  readonly connections: SeatConnections
  readonly sessions: SeatSessions
  readonly checks: VisitChecks
  readonly turn: TurnConfig | null
  readonly clock: Clock
}

/** Staff may add ten minutes to a visit. */
const RELAY_GRACE_MS = 10 * 60_000

/** What people in their seats do, other than with their media. */
export type SeatsService = ReturnType<typeof createSeatsService>

export function createSeatsService(deps: Deps) {
  const { acts, hall, connections, sessions, clock } = deps
  return {
    /** Finds the actor's own seat and its visit; anything else about it stays hidden (EL-2). */
    async ownSeat(actor: Actor, visitId: string): Promise<OwnSeat> {
      const visit = await deps.repo.load(visitId)
      const seat = visit ? seatOfActor(visit, actor) : undefined
      if (!visit || !seat) throw new Refusal('VISIT_NOT_FOUND')
      requireJoinable(visit, seat.seatId, clock.now())
      // Who is in already only comes back: a change of the rules has reached the visit by itself (EL-4).
      if (seat.state !== 'IN') await deps.checks.requireMayJoin(visit)
      hall.keep(visit)
      return { seat: { visitId, seatId: seat.seatId, party: seat.party }, visit }
    },
    /** Takes the seat for this socket, arrives, and finds or makes the room. */
    async join(
      seat: JoinedSeat,
      { socket, ...seating }: Seating,
    ): Promise<DataOf<Commands['join']>> {
      connections.take(seat, socket)
      const resume = sessions.begin(seat, socket.data.authSessionId)
      // Another page knows nothing of what the one before told of itself.
      hall.get(seat.visitId)?.reports.delete(seat.seatId)
      hall.get(seat.visitId)?.quality.told.delete(seat.seatId)
      return { ...(await sit(deps, seat, seating)), resume }
    },
    /** Takes the seat of a session for this socket and tells it what it missed. Throws RESUME_REFUSED. */
    takeUp(resume: PayloadOf<Commands['resume']>, socket: SeatSocket): JoinedSeat {
      const seat = sessions.open(resume, socket.data.authSessionId)
      connections.take(seat, socket)
      sessions.replay(seat.seatId, resume.lastEventSeq, socket)
      return seat
    },
    /** Sits down again in a seat that was taken up. */
    resume: (
      seat: JoinedSeat,
      seating: Omit<Seating, 'socket'>,
    ): Promise<DataOf<Commands['resume']>> => sit(deps, seat, seating),
    /** Leaves by own will: no lease. */
    async leave(seat: JoinedSeat, socket: SeatSocket, cause: Cause): Promise<void> {
      if (letGo(deps, seat, socket)) await acts.act({ visitId: seat.visitId, cause })
    },
    /** TR-3: the sign-in is over: no lease either, and its media ends. */
    async signedOut(seat: JoinedSeat, socket: SeatSocket): Promise<void> {
      if (letGo(deps, seat, socket)) await acts.act({ visitId: seat.visitId })
    },
    /** The socket is gone: the seat has a lease, and its media stands (LV-8). */
    async lost(seat: JoinedSeat, socket: SeatSocket): Promise<void> {
      if (!connections.release(seat.seatId, socket)) return
      sessions.lost(seat.seatId)
      hall.lease(seat.visitId, seat.seatId, clock.now())
      await acts.act({ visitId: seat.visitId })
    },
    ...seatWordsOf(acts),
  }
}

/** Takes the seat from the socket for good; false: it was another's by then. */
function letGo(
  { connections, sessions, hall, clock }: Deps,
  { visitId, seatId }: JoinedSeat,
  socket: SeatSocket,
): boolean {
  if (!connections.release(seatId, socket)) return false
  sessions.end(seatId)
  hall.setLink(visitId, seatId, { kind: 'GONE', since: clock.now(), hasLeft: true })
  return true
}

/** What somebody who sits there says of the visit. */
function seatWordsOf(acts: VisitActs) {
  return {
    /** Calls an officer, or takes the call back (OV-9); in every class of visit. */
    async help(seat: JoinedSeat, wish: PayloadOf<Commands['help']>, cause: Cause): Promise<void> {
      await acts.act({ visitId: seat.visitId, decide: callHelp(seat.seatId, wish), cause })
    },
    /** Somebody there has read an officer's warning (OV-5). */
    async acknowledge(
      { visitId, seatId }: JoinedSeat,
      { warningId }: PayloadOf<Commands['acknowledge']>,
      cause: Cause,
    ): Promise<void> {
      await acts.act({ visitId, decide: acknowledgeWarning(warningId, seatId), cause })
    },
    /** Says who is at this seat's camera (LV-3). */
    async together(
      { visitId, seatId }: JoinedSeat,
      { seatIds }: PayloadOf<Commands['together']>,
      cause: Cause,
    ): Promise<void> {
      await acts.act({ visitId, decide: sitTogether(seatId, seatIds), cause })
    },
    /** Ends the visit for both sides. */
    async end(seat: JoinedSeat, cause: Cause): Promise<void> {
      await acts.act({ visitId: seat.visitId, decide: endByParty(seat.seatId), cause })
    },
  }
}

/** Arrives, and finds or makes the room. */
async function sit(
  deps: Deps,
  { visitId, seatId }: JoinedSeat,
  { holdingEpoch, cause, visit: loaded }: Omit<Seating, 'socket'>,
): Promise<DataOf<Commands['resume']>> {
  const { hall, clock, acts } = deps
  const isRoomDevice = cause?.actor.kind === 'account' && cause.actor.onlyVisitId === visitId
  hall.seat(visitId, seatId, { isRoomDevice })
  const decide = sitDown(seatId, { isRoomDevice })
  const arrived = await acts.act({ visitId, decide, cause, loaded })
  requireJoinable(arrived, seatId, clock.now())
  const placement = await deps.rooms.ensure(wishOf(arrived))
  const visit = hall.get(visitId)?.visit ?? arrived
  return {
    snapshot: snapshotOf(visit, seatId, momentOf(deps, visitId)),
    media: {
      ...mediaOf(placement, seatId, holdingEpoch),
      iceServers: turnServers(deps.turn, { seatId, until: relayUntil(visit) }),
    },
    lastEventSeq: deps.sessions.lastSeqOf(seatId),
  }
}

/** A relay that forgets a visit before it is over would end it; one that is asked for later gets a new word. */
function relayUntil({ endsAt }: VisitRecord): Date {
  return new Date(endsAt.getTime() + RELAY_GRACE_MS)
}

/** What the rooms module needs to know of a visit. */
export function wishOf(visit: VisitRecord): RoomWish {
  const { epoch, mediaNode } = visit.session
  return { visitId: visit.visitId, epoch, mediaNode, facts: factsOf(visit) }
}

/** What is known of a visit that is not open here. */
const UNSEEN = {
  adultMissingSince: null,
  isFlowing: false,
  measuredAt: null,
  links: new Map(),
  reports: new Map(),
  advice: [],
  quality: { told: new Map(), measured: new Map() },
} satisfies Partial<ViewMoment>

/** What views show besides the stored visit. */
export function momentOf(
  { hall, clock }: { hall: VisitHall; clock: Clock },
  visitId: string,
  storedMs = 0,
): ViewMoment {
  const open = hall.get(visitId)
  const now = clock.now()
  if (!open) return { ...UNSEEN, now, deliveredMs: storedMs }
  const { isFlowing, measuredAt, links, reports, advice, quality } = open
  const deliveredMs = Math.max(storedMs, open.deliveredMs)
  const missingSince = adultMissingSince({ ...open, now })
  const seen = { isFlowing, measuredAt, links, reports, advice, quality }
  return { ...seen, now, deliveredMs, adultMissingSince: missingSince }
}

function seatOfActor(visit: VisitRecord, actor: Actor): SeatRecord | undefined {
  if (isElsewhere(actor, visit.visitId)) return undefined
  const seat = visit.seats.find((each) => isOwnSeat(actor, each))
  if (!seat || actor.kind !== 'inmate') return seat
  // TR-5: the PIN was for this window, at this device.
  if (actor.visitId !== visit.visitId) throw new Refusal('OUTSIDE_VISIT_WINDOW')
  return actor.terminalId === visit.terminal.terminalId ? seat : undefined
}

function mediaOf(
  placement: Placement,
  seatId: string,
  holdingEpoch: number | null,
): Omit<DataOf<Commands['join']>['media'], 'iceServers'> {
  const peer = placement.peers.get(seatId)
  const isResumed = holdingEpoch === placement.epoch && (peer?.hasTransports ?? false)
  return {
    epoch: placement.epoch,
    routerRtpCapabilities: placement.router.routerRtpCapabilities,
    isResumed,
    consumers: isResumed && peer ? [...peer.consumers.values()] : [],
  }
}
