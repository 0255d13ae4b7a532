import { Refusal } from '@visavis/contract/errors'
import type { HelpAnswer } from '@visavis/contract/help-kinds'
import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import { DateTime } from 'luxon'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { requireCentre } from './centres.service.ts'
import type { CentresService } from './centres.service.ts'
import { checkInObstacle } from './desk-rules.ts'
import type { DeskObstacle } from './desk-rules.ts'
import type { DeskVisitInput, DeskVisits } from './desk-visits.ts'
import type { DeskRepo, DeskRow } from './desk.repo.ts'
import { gatherAtDevice } from './room-camera.ts'
import type { HelpDesk } from '../visits/index.ts'

type Deps = {
  readonly db: Database
  readonly repo: DeskRepo
  readonly visits: DeskVisits
  readonly centres: CentresService
  readonly help: HelpDesk
  readonly audit: Audit
  readonly clock: Clock
}

/** A document that a host saw. `documentName` is its kind, and is kept out of the log: people type more. */
export type CheckIn = {
  readonly actor: AccountActor
  readonly visitId: string
  readonly seatId: string
  readonly documentName: string
  readonly requestId: string
}

/** The host's answer to a call for help from a room. */
export type RoomHelp = {
  readonly actor: AccountActor
  readonly visitId: string
  readonly seatId: string
  readonly answer: HelpAnswer
  readonly requestId: string
}

/** Use cases of the host's desk. */
export type DeskService = ReturnType<typeof createDeskService>

export function createDeskService(deps: Deps) {
  return {
    /** The visits that begin on a local day of the host's centre; without `date`, today's. */
    day: async (actor: AccountActor, date?: string) => {
      const { linkCentreId, ...linkCentre } = await deps.centres.own(actor)
      const day = dayIn(linkCentre.timeZone, date ?? deps.clock.now())
      const rows = await deps.repo.visitsOf(linkCentreId, day)
      return { linkCentre, date: day.date, visits: await deps.visits.shown(deps.db, rows) }
    },
    /** Notes that the host saw this person and their document; once a person and visit. */
    checkIn: async (tx: Tx, given: CheckIn): Promise<DeskVisitInput> => {
      const { actor, visitId, seatId } = given
      const row = await ownVisit(tx, { actor, visitId }, deps.repo)
      if (!row.seats.some((seat) => seat.seatId === seatId)) throw new Refusal('SEAT_NOT_FOUND')
      const now = deps.clock.now()
      requireClear(checkInObstacle(await deps.visits.booking(tx, row), now))
      await addCheckIn(tx, { ...given, now }, deps.repo)
      await gatherAtDevice(tx, { row }, deps)
      const shown = await deps.visits.shown(tx, [await ownVisit(tx, given, deps.repo)])
      await deps.audit.append(tx, {
        facilityId: row.facilityId,
        actor: auditActorOf(actor),
        action: 'seat.checkIn',
        object: { type: 'seat', objectId: seatId, visitId },
        outcome: 'allow',
        requestId: given.requestId,
      })
      const [visit] = shown
      if (!visit) throw new Refusal('VISIT_NOT_FOUND')
      return visit
    },
    /** Answers a call for help from a room of the centre; the caller is told at once (OV-9). */
    answerHelp: async (tx: Tx, given: RoomHelp): Promise<DeskVisitInput> => {
      const { actor, requestId, ...answered } = given
      const row = await ownVisit(tx, given, deps.repo)
      if (!row.seats.some(({ seatId }) => seatId === given.seatId)) {
        throw new Refusal('SEAT_NOT_FOUND')
      }
      await deps.repo.tellVisit(tx, given.visitId)
      await deps.help.answer(tx, { ...answered, cause: { actor, requestId } })
      const [visit] = await deps.visits.shown(tx, [await ownVisit(tx, given, deps.repo)])
      if (!visit) throw new Refusal('VISIT_NOT_FOUND')
      return visit
    },
  }
}

/** A visit at the host's own centre; every other is `VISIT_NOT_FOUND`, like one that is not there. */
export async function ownVisit(
  tx: Tx,
  { actor, visitId }: { actor: AccountActor; visitId: string },
  repo: DeskRepo,
): Promise<DeskRow & { linkCentreRoom: NonNullable<DeskRow['linkCentreRoom']> }> {
  const linkCentreId = requireCentre(actor)
  const row = await repo.visit(tx, visitId)
  if (row?.linkCentreRoom?.linkCentreId !== linkCentreId) throw new Refusal('VISIT_NOT_FOUND')
  return { ...row, linkCentreRoom: row.linkCentreRoom }
}

/** Refuses what cannot be done at the desk now, with what it waits for. */
export function requireClear(obstacle: DeskObstacle | null): void {
  if (obstacle === null) return
  const { fields, liftsAt } = obstacle
  throw new Refusal('VISIT_NOT_JOINABLE', {
    ...(fields === undefined ? {} : { fields }),
    ...(liftsAt === undefined ? {} : { liftsAt: liftsAt.toISOString() }),
  })
}

async function addCheckIn(
  tx: Tx,
  { actor, visitId, seatId, documentName, now }: CheckIn & { now: Date },
  repo: DeskRepo,
): Promise<void> {
  const isFirst = await repo.addCheckIn(tx, {
    checkInId: newId(),
    seatId,
    visitId,
    documentName,
    checkedBy: actor.accountId,
    checkedAt: now,
  })
  if (!isFirst) throw new Refusal('ALREADY_DECIDED')
}

function dayIn(zone: string, day: string | Date): { date: string; from: Date; to: Date } {
  const local =
    typeof day === 'string' ? DateTime.fromISO(day, { zone }) : DateTime.fromJSDate(day, { zone })
  const from = local.startOf('day')
  return {
    date: from.toISODate() ?? '',
    from: from.toJSDate(),
    to: from.plus({ days: 1 }).startOf('day').toJSDate(),
  }
}
