import { PRESENT_STATES } from '@visavis/contract/seat-lifecycle'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import type { Server } from 'socket.io'
import { createEventHold } from '../../platform/event-hold.ts'
import { newId } from '../../platform/ids.ts'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import type { Transact } from '../../platform/transact.ts'
import type { TurnConfig } from '../../platform/turn.ts'
import { createAdviceRepo } from '../advice/index.ts'
import type { Audit } from '../audit/index.ts'
import type { ActorOfCookies, TerminalPages } from '../identity/index.ts'
import { createTimeline } from '../timeline/index.ts'
import type { Timeline } from '../timeline/index.ts'
import type { RoomLedger, Rooms } from '../rooms/index.ts'
import { createSeatAdvice } from './seat-advice.ts'
import type { SeatAdvice } from './seat-advice.ts'
import { createSeatConnections } from './seat-connections.ts'
import type { SeatConnections } from './seat-connections.ts'
import { tellSeats } from './seat-events.ts'
import { createSeatMedia } from './seat-media.ts'
import { createSeatQualities } from './seat-quality.ts'
import type { QualityMeasured } from './seat-quality.ts'
import { createSeatReports } from './seat-reports.ts'
import { createSeatSessions } from './seat-sessions.ts'
import { createSeatsService, momentOf, wishOf } from './seats.service.ts'
import { barByRestriction } from './intervention-rules.ts'
import { makeUpForLateStarts } from './late-start.ts'
import { place } from './session-rules.ts'
import { createTicker } from './ticker.ts'
import type { Ticker } from './ticker.ts'
import { createVisitActs } from './visit-acts.ts'
import type { FlagReview, VisitActs, VisitEnd } from './visit-acts.ts'
import type { VisitChecks } from './visit-checks.ts'
import { createVisitHall } from './visit-hall.ts'
import type { VisitHall } from './visit-hall.ts'
import { tieVisitsToRooms } from './visit-media.ts'
import type { VisitRecord } from './visit-record.ts'
import { createWatchPort } from './watch-port.ts'
import { createRecorderPort } from './recorder-port.ts'
import type { RecorderPort } from './recorder-port.ts'
import type { WatchPort } from './watch-port.ts'
import type { ViewMoment } from './visit-view.ts'
import { bindVisitNamespace } from './visits.socket.ts'
import { createVisitsRepo } from './visits.repo.ts'

/** The live visits of this server, as other modules see them. */
export type LiveVisits = {
  readonly acts: VisitActs
  readonly ticker: Ticker
  /** Where the walls say what is watched (OV-7). */
  readonly watch: Pick<WatchPort, 'attach'>
  /** Where the recordings say what is recorded (RC-3). */
  readonly recorder: Pick<RecorderPort, 'attach'>
  /** The SFU has looked at the connections of a visit (OV-9). */
  readonly qualityMeasured: QualityMeasured
  /** Somebody in a visit has said what they wish, that they sign for one. */
  readonly wished: Signal<VisitRecord>
  /** What detectors advise officers, and what officers say of it (LV-11). */
  readonly advice: Pick<SeatAdvice, 'changed' | 'judge'>
  readonly load: (visitId: string) => Promise<VisitRecord | null>
  /** A facility's visits that touch [from, to), and every open one besides. */
  readonly ofFacility: (
    facilityId: string,
    span: { from: Date; to: Date },
  ) => Promise<readonly VisitRecord[]>
  /** The open visits as last stored. */
  readonly open: () => readonly VisitRecord[]
  readonly momentOf: (visit: VisitRecord) => ViewMoment
  /** Takes up what was open when the server before this one ended; comes before the rooms are asked for. */
  readonly takeUp: () => Promise<void>
  /** Ties the visits to their rooms and seats, and lets time run. */
  readonly start: (parts: {
    io: Server
    rooms: Rooms
    beforeRoomCloses: (visitId: string) => Promise<void>
  }) => void
  readonly stop: () => void
  /** EL-4. Looks again at a visit that something outside has changed: whether its people may meet; pauses it if not. */
  readonly recheck: (visitId: string) => Promise<void>
  /** Whether the people of a visit may meet: null, or the code that stands in the way. */
  readonly refusalOf: VisitChecks['refusalOf']
  /** Where placements are kept. */
  readonly ledger: RoomLedger
}

type Deps = {
  readonly db: Database
  readonly transact: Transact
  readonly audit: Audit
  readonly actorOfCookies: ActorOfCookies
  readonly terminalPages: TerminalPages
  readonly checks: VisitChecks
  readonly end: VisitEnd
  readonly review: FlagReview
  readonly turn: TurnConfig | null
  readonly clock: Clock
  readonly log: Logger
}

export function createLiveVisits(deps: Deps): LiveVisits {
  const { db, clock, log } = deps
  const repo = createVisitsRepo(db)
  const hall = createVisitHall()
  const timeline = createTimeline(db)
  const doorOpenSince = clock.now()
  const watch = createWatchPort(doorOpenSince)
  const recorder = createRecorderPort(doorOpenSince)
  const acts = createVisitActs({ ...deps, repo, hall, timeline, doorOpenSince, watch, recorder })
  const ticker = createTicker({ hall, acts, repo, clock, log })
  const connections = createSeatConnections()
  const qualityMeasured: QualityMeasured = createSignal()
  const wished: LiveVisits['wished'] = createSignal()
  const advice = createSeatAdvice({ ...deps, hall, newId, repo: createAdviceRepo(db) })
  const own = { repo, hall, timeline, acts, ticker, connections }
  acts.changed.on(({ visit }) => advice.settle(visit))
  return {
    acts,
    ticker,
    watch,
    recorder,
    qualityMeasured,
    wished,
    advice,
    load: (visitId) => repo.load(visitId),
    ofFacility: (facilityId, span) => repo.ofFacility(facilityId, span),
    open: () => hall.all().map(({ visit }) => visit),
    momentOf: ({ visitId, session }) => momentOf({ hall, clock }, visitId, session.deliveredMs),
    ledger: createLedger(acts, repo),
    async takeUp() {
      const open = await repo.open()
      open.forEach((visit) => takeUp(visit, { hall, clock }))
      await advice.takeUp()
      log.info({ visits: open.length }, 'open visits taken up')
    },
    start: (parts) => startSeats({ ...deps, ...own, qualityMeasured, wished, advice }, parts),
    refusalOf: deps.checks.refusalOf,
    recheck: (visitId) => recheck(visitId, { repo, acts, checks: deps.checks }),
    stop: () => {
      ticker.stop()
      // Sockets that close with the server are no news of the people in the seats.
      connections.letGo()
    },
  }
}

type Inside = Deps &
  Pick<LiveVisits, 'acts' | 'ticker' | 'qualityMeasured' | 'wished'> & {
    readonly repo: ReturnType<typeof createVisitsRepo>
    readonly hall: VisitHall
    readonly timeline: Timeline
    readonly connections: SeatConnections
    readonly advice: SeatAdvice
  }

/** Ties visits to their rooms and seats, and lets time run. */
function startSeats(inside: Inside, parts: Parameters<LiveVisits['start']>[0]): void {
  const { hall, acts, repo, clock, log, timeline, ticker, connections } = inside
  const { io, rooms, beforeRoomCloses } = parts
  const sessions = createSeatSessions({ connections, clock, newId })
  const shared = { hall, acts, rooms, clock }
  const seats = createSeatsService({ ...inside, ...shared, repo, connections, sessions })
  const reports = createSeatReports(inside)
  const measured = inside.qualityMeasured
  const qualities = createSeatQualities({ ...shared, timeline, log, measured })
  qualities.chosen.on(inside.wished.emit)
  tieVisitsToRooms({ ...shared, repo, beforeRoomCloses, log })
  makeUpForLateStarts({ acts, end: inside.end, log })
  const hold = createEventHold()
  tellSeats({ ...shared, ticker, sessions, hold, reports, qualities })
  bindVisitNamespace({
    io,
    actorOfCookies: inside.actorOfCookies,
    terminalPages: inside.terminalPages,
    seats,
    media: createSeatMedia({ rooms, hall, hold }),
    ...{ reports, qualities, log },
  })
  ticker.start()
}

type Held = { readonly hall: VisitHall; readonly clock: Clock }

function takeUp(visit: VisitRecord, { hall, clock }: Held): void {
  hall.keep(visit)
  // Whoever was there has a lease again: the calls went on without this server.
  for (const { seatId, state } of visit.seats) {
    if (PRESENT_STATES.includes(state)) hall.lease(visit.visitId, seatId, clock.now())
    if (state === 'DISCONNECTED') {
      hall.setLink(visit.visitId, seatId, { kind: 'GONE', since: clock.now(), hasLeft: false })
    }
  }
}

type Judges = Pick<LiveVisits, 'acts'> & {
  readonly repo: ReturnType<typeof createVisitsRepo>
  readonly checks: VisitChecks
}

async function recheck(visitId: string, { repo, acts, checks }: Judges): Promise<void> {
  await acts.refresh(visitId)
  const visit = await repo.load(visitId)
  if (!visit || visit.session.state === 'ENDED') return
  if ((await checks.refusalOf(visit)) === null) return
  await acts.act({ visitId, decide: barByRestriction(newId()) })
}

function createLedger(acts: VisitActs, repo: ReturnType<typeof createVisitsRepo>): RoomLedger {
  return {
    expectedAt: async (nodeUrl) => (await repo.openAt(nodeUrl)).map(wishOf),
    async recordPlacement({ visitId, ...room }) {
      await acts.act({ visitId, decide: place(room) })
    },
  }
}
