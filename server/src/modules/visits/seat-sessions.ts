import { timingSafeEqual } from 'node:crypto'
import { Refusal } from '@visavis/contract/errors'
import type { PayloadOf } from '@visavis/contract/command'
import type { ResumeKey, VisitServerToClient, visitCommands } from '@visavis/contract/visit-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Socket } from 'socket.io'
import type { NewId } from '../../platform/ids.ts'
import { newToken, tokenHash } from '../../platform/secrets.ts'
import type { JoinedSeat, SeatConnections, SeatSocket } from './seat-connections.ts'
import { LEASE_MS } from './seat-link.ts'

/** What is told within a lease must be there to be told again; a little longer, for slow clocks. */
const KEPT_MS = LEASE_MS + 15_000
/** Bounds what one seat can make us keep: a whole lease of ticks and far more consumers than a visit has. */
export const MAX_KEPT = 256

type Events = VisitServerToClient
type EventName = keyof Events
type Resume = PayloadOf<typeof visitCommands.resume>

type Told = {
  readonly seq: number
  readonly atMs: number
  readonly send: (socket: SeatSocket) => void
}

type Session = {
  readonly seat: JoinedSeat
  readonly authSessionId: string
  readonly sessionId: string
  /** SHA-256 of the secret: whoever reads this memory cannot resume with it. */
  readonly secretHash: string
  readonly told: Told[]
  lastSeq: number
  /** Since when no socket has it; null while one does. */
  lostAtMs: number | null
}

/**
 * What each seat was told, numbered, so that a client whose socket was lost hears the rest exactly once.
 * In memory only: after a restart of the server every client joins anew.
 */
export type SeatSessions = {
  /** Begins the session of a join; the one before it is void. Numbers go on, so no two events share one. */
  readonly begin: (seat: JoinedSeat, authSessionId: string) => ResumeKey
  /** The seat of a session that can go on from there; throws RESUME_REFUSED and never says why. */
  readonly open: (resume: Resume, authSessionId: string) => JoinedSeat
  /** Tells a socket again what came after that number, in order. */
  readonly replay: (seatId: string, afterSeq: number, socket: SeatSocket) => void
  /** Numbers an event, keeps it and sends it, if the seat has a socket. Nobody joined: nobody is told. */
  readonly tell: <Name extends EventName>(
    seatId: string,
    name: Name,
    payload: Parameters<Events[Name]>[0],
  ) => void
  readonly lastSeqOf: (seatId: string) => number
  /** The socket is gone; the session lasts as long as the seat's lease. */
  readonly lost: (seatId: string) => void
  /** The seat was left: nothing is to be resumed. */
  readonly end: (seatId: string) => void
}

type Deps = {
  readonly connections: Pick<SeatConnections, 'socketOf'>
  readonly clock: Clock
  readonly newId: NewId
}

/** No sessions yet. */
export function createSeatSessions({ connections, clock, newId }: Deps): SeatSessions {
  const sessions = new Map<string, Session>()
  const nowMs = (): number => clock.now().getTime()
  const isOver = ({ lostAtMs }: Session): boolean =>
    lostAtMs !== null && nowMs() - lostAtMs >= LEASE_MS
  return {
    begin(seat, authSessionId) {
      const lastSeq = sessions.get(seat.seatId)?.lastSeq ?? 0
      for (const [seatId, session] of sessions) if (isOver(session)) sessions.delete(seatId)
      const key: ResumeKey = { sessionId: newId(), resumeSecret: newToken() }
      const { sessionId } = key
      const secretHash = tokenHash(key.resumeSecret)
      const fresh = { seat, authSessionId, sessionId, secretHash, told: [], lastSeq }
      sessions.set(seat.seatId, { ...fresh, lostAtMs: null })
      return key
    },
    open(resume, authSessionId) {
      const session = [...sessions.values()].find((each) => isKeyTo(each, resume))
      const mayGoOn = session && session.authSessionId === authSessionId && !isOver(session)
      if (!mayGoOn || !reachesBackTo(session, resume)) throw new Refusal('RESUME_REFUSED')
      session.lostAtMs = null
      return session.seat
    },
    replay(seatId, afterSeq, socket) {
      const told = sessions.get(seatId)?.told ?? []
      for (const { seq, send } of told) if (seq > afterSeq) send(socket)
    },
    tell(seatId, name, payload) {
      const session = sessions.get(seatId)
      if (!session) return
      const told = numbered(session, { name, payload }, nowMs())
      const socket = connections.socketOf(seatId)
      if (socket) told.send(socket)
    },
    lastSeqOf: (seatId) => sessions.get(seatId)?.lastSeq ?? 0,
    lost(seatId) {
      const session = sessions.get(seatId)
      if (session) session.lostAtMs = nowMs()
    },
    end: (seatId) => void sessions.delete(seatId),
  }
}

function isKeyTo({ sessionId, secretHash, seat }: Session, resume: Resume): boolean {
  if (sessionId !== resume.sessionId || seat.visitId !== resume.visitId) return false
  return timingSafeEqual(Buffer.from(secretHash), Buffer.from(tokenHash(resume.resumeSecret)))
}

/** Whether nothing that the client has not heard was forgotten. */
function reachesBackTo({ told, lastSeq }: Session, { lastEventSeq }: Resume): boolean {
  const firstKept = told[0]?.seq ?? lastSeq + 1
  return lastEventSeq <= lastSeq && lastEventSeq >= firstKept - 1
}

function numbered<Name extends EventName>(
  session: Session,
  { name, payload }: { name: Name; payload: Parameters<Events[Name]>[0] },
  atMs: number,
): Told {
  session.lastSeq += 1
  const seq = session.lastSeq
  const send = (socket: SeatSocket): void => {
    // The typed emit cannot follow a name that is a type parameter.
    ;(socket as unknown as Socket).emit(name, payload, seq)
  }
  const told: Told = { seq, atMs, send }
  session.told.push(told)
  const isOld = ({ atMs: then }: Told): boolean => atMs - then > KEPT_MS
  while (session.told.length > MAX_KEPT || (session.told[0] && isOld(session.told[0]))) {
    session.told.shift()
  }
  return told
}
