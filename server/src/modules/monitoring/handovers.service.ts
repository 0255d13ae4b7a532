import { Refusal } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { OfferCause } from '@visavis/contract/coverage'
import type { coverageCommands } from '@visavis/contract/coverage-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { NewId } from '../../platform/ids.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { LiveVisits, VisitChange, VisitRecord } from '../visits/index.ts'
import { isUnderWay } from '../visits/index.ts'
import { isHeard, isOnScreen, isWatchedBy } from './coverage.ts'
import { isDeclined, isFor, withoutVisits } from './handover-rules.ts'
import type { OfferRecord } from './handover-rules.ts'
import type { MonitoringRepo } from './monitoring.repo.ts'
import type { OfficerCause } from './wall.service.ts'
import type { Wall, Walls } from './walls.ts'

type Commands = typeof coverageCommands

type Deps = {
  readonly walls: Walls
  readonly visits: Pick<LiveVisits, 'acts' | 'open'>
  readonly repo: Pick<MonitoringRepo, 'namesOf'>
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Logger
}

/** Who takes over which visits, between the walls of a facility (OV-7). */
export type Handovers = ReturnType<typeof createHandovers>

export function createHandovers(deps: Deps) {
  const book = createOfferBook(deps)
  deps.visits.acts.changed.on((change) => hear(deps, book, change))
  return {
    colleagues: (wall: Wall) => colleaguesOf(deps, wall),
    /** Offers visits of the own facility that are not over. */
    async offer(
      wall: Wall,
      { visitIds, toObserverId }: PayloadOf<Commands['offerVisits']>,
      cause: OfficerCause,
    ): Promise<DataOf<Commands['offerVisits']>> {
      requireVisits(deps, wall, visitIds)
      requireColleague(deps, wall, toObserverId)
      const { observerId, accountId, facilityId } = wall
      const offer: OfferRecord = {
        ...{ offerId: deps.newId(), facilityId, cause: 'COLLEAGUE', toObserverId, visitIds },
        ...{ from: { observerId, accountId }, at: deps.clock.now(), declinedBy: new Set() },
      }
      await enter(deps, offer, { verb: 'offer', actor: auditActorOf(cause.actor), cause })
      await book.put(offer)
      return { offerId: offer.offerId }
    },
    answer: (wall: Wall, payload: PayloadOf<Commands['answerOffer']>, cause: OfficerCause) =>
      answer(deps, book, { wall, payload, cause }),
    /** A wall has opened: what nobody has taken yet is put before it. */
    greet: (wall: Wall) => book.show(wall),
    /** What a wall shows now needs no other. */
    taken(wall: Wall): void {
      book.drop(
        (offer, visitId) => offer.cause !== 'COLLEAGUE' && isOnScreen(wall.watching, visitId),
      )
    },
    /** A wall has closed, and with it what it offered; what somebody must watch is offered to the others. */
    async leave(wall: Wall, had: readonly string[]): Promise<void> {
      book.drop((offer) => offer.from?.observerId === wall.observerId)
      const now = deps.clock.now()
      const left = had.filter(
        (visitId) => mustBeWatched(deps, visitId) && !isWatchedBy(deps.walls.all(), visitId, now),
      )
      await offerLeft(deps, book, {
        facilityId: wall.facilityId,
        visitIds: left,
        cause: 'WALL_CLOSED',
      })
    },
  }
}

type OfferBook = ReturnType<typeof createOfferBook>

function createOfferBook({ walls, repo }: Deps) {
  let offers: readonly OfferRecord[] = []
  const wireOf = async (offer: OfferRecord) => ({
    ...{ offerId: offer.offerId, cause: offer.cause, at: offer.at.toISOString() },
    visitIds: [...offer.visitIds],
    fromName: offer.from ? ((await repo.namesOf([offer.from.accountId]))[0]?.name ?? '') : null,
  })
  const tellClosed = ({ offerId, facilityId }: OfferRecord): void => {
    walls
      .ofFacility(facilityId)
      .forEach(({ socket }) => socket.emit('handover:closed', { offerId }))
  }
  const drop = (isGone: (offer: OfferRecord, visitId: string) => boolean): void => {
    const { left, over } = withoutVisits(offers, isGone)
    offers = left
    over.forEach(tellClosed)
  }
  return {
    drop,
    get: (offerId: string) => offers.find((offer) => offer.offerId === offerId),
    isOffered: (visitId: string) => offers.some(({ visitIds }) => visitIds.includes(visitId)),
    /** Puts an offer before those it is for; each visit is in one offer at a time. */
    async put(offer: OfferRecord): Promise<void> {
      drop((_, visitId) => offer.visitIds.includes(visitId))
      offers = [...offers, offer]
      const wire = await wireOf(offer)
      for (const wall of walls.ofFacility(offer.facilityId)) {
        if (isFor(offer, wall)) wall.socket.emit('handover:offered', wire)
      }
    },
    /** Notes that a wall does not want it; an offer that nobody is left for is over. */
    decline(offer: OfferRecord, observerId: string): void {
      const declined = { ...offer, declinedBy: new Set([...offer.declinedBy, observerId]) }
      offers = offers.map((one) => (one === offer ? declined : one))
      if (isDeclined(declined, walls.all())) drop((one) => one === declined)
    },
    async show(wall: Wall): Promise<void> {
      for (const offer of offers.filter((one) => isFor(one, wall))) {
        wall.socket.emit('handover:offered', await wireOf(offer))
      }
    },
  }
}

async function answer(
  deps: Deps,
  book: OfferBook,
  given: { wall: Wall; payload: PayloadOf<Commands['answerOffer']>; cause: OfficerCause },
): Promise<DataOf<Commands['answerOffer']>> {
  const { wall, cause } = given
  const { offerId, isAccepted } = given.payload
  const offer = book.get(offerId)
  if (!offer || !isFor(offer, wall)) throw new Refusal('ALREADY_DECIDED')
  const actor = auditActorOf(cause.actor)
  if (!isAccepted) {
    book.decline(offer, wall.observerId)
    await enter(deps, offer, { verb: 'decline', actor, cause })
    return { visitIds: [] }
  }
  // At once, so that no colleague takes the same meanwhile; an entry that cannot be stored gives it back.
  book.drop((one) => one === offer)
  try {
    await enter(deps, offer, { verb: 'accept', actor, cause })
  } catch (error) {
    await book.put(offer)
    throw error
  }
  await tellTaken(deps, offer, wall)
  return { visitIds: [...offer.visitIds] as never }
}

async function tellTaken({ walls, repo }: Deps, offer: OfferRecord, by: Wall): Promise<void> {
  const giver = offer.from && walls.of(offer.from.observerId)
  if (!giver) return
  const toName = (await repo.namesOf([by.accountId]))[0]?.name ?? ''
  const { offerId, visitIds } = offer
  giver.socket.emit('handover:taken', { offerId, toName, visitIds: [...visitIds] })
}

/** HAND_OVER: what nobody watches is offered to all; what somebody watches again, or is over, no longer. */
function hear(deps: Deps, book: OfferBook, { before, visit }: VisitChange): void {
  const { visitId, facilityId, session, coverage } = visit
  if (session.state === 'ENDED') book.drop((_, id) => id === visitId)
  const isLost = before.session.unwatchedSince === null && session.unwatchedSince !== null
  if (before.session.unwatchedSince !== null && session.unwatchedSince === null) {
    book.drop((offer, id) => offer.cause !== 'COLLEAGUE' && id === visitId)
  }
  if (!isLost || coverage.whenNotWatched !== 'HAND_OVER' || book.isOffered(visitId)) return
  const left = { facilityId, visitIds: [visitId], cause: 'NOT_WATCHED' } as const
  offerLeft(deps, book, left).catch((error: unknown) => {
    deps.log.error({ visitId, err: error }, 'visit was not offered')
  })
}

async function offerLeft(
  deps: Deps,
  book: OfferBook,
  given: { facilityId: string; visitIds: readonly string[]; cause: OfferCause },
): Promise<void> {
  if (given.visitIds.length === 0) return
  const offer: OfferRecord = {
    ...{ ...given, offerId: deps.newId(), from: null, toObserverId: null },
    ...{ at: deps.clock.now(), declinedBy: new Set() },
  }
  await enter(deps, offer, { verb: 'offer', actor: SERVER, cause: null })
  await book.put(offer)
}

const SERVER: AuditActor = { type: 'system', actorId: 'server' }

type Entry = {
  readonly verb: string
  readonly actor: AuditActor
  readonly cause: OfficerCause | null
}

async function enter(
  { transact, audit }: Deps,
  { offerId, facilityId, visitIds, cause: why }: OfferRecord,
  { verb, actor, cause }: Entry,
): Promise<void> {
  await transact(async (tx) => {
    for (const visitId of visitIds) {
      await audit.append(tx, {
        ...{ facilityId, actor, action: `handover.${verb}`, outcome: 'allow', reason: why },
        object: { type: 'visit', objectId: visitId, visitId },
        ...(cause ? { requestId: cause.requestId } : {}),
        detail: { offerId },
      })
    }
  })
}

async function colleaguesOf(
  { walls, repo, clock }: Deps,
  wall: Wall,
): Promise<DataOf<Commands['colleagues']>> {
  const others = walls.ofFacility(wall.facilityId).filter((other) => other !== wall)
  const names = await repo.namesOf(others.map(({ accountId }) => accountId))
  const nameOf = new Map(names.map(({ accountId, name }) => [accountId, name]))
  return {
    colleagues: others.map(({ observerId, accountId, watching, heardAt }) => ({
      observerId: observerId as never,
      name: nameOf.get(accountId) ?? '',
      visits: watching.visitIds.size + watching.stillVisitIds.size,
      isHeard: isHeard({ heardAt }, clock.now()),
    })),
  }
}

function requireVisits({ visits }: Deps, { facilityId }: Wall, ids: readonly string[]): void {
  const open = new Map(visits.open().map((visit) => [visit.visitId, visit]))
  for (const visitId of ids) {
    const visit: VisitRecord | undefined = open.get(visitId)
    if (visit?.facilityId !== facilityId) throw new Refusal('VISIT_NOT_FOUND')
  }
}

function requireColleague({ walls }: Deps, wall: Wall, toObserverId: string | null): void {
  if (toObserverId === null) return
  const colleague = walls.of(toObserverId)
  const isOther = colleague !== undefined && colleague !== wall
  if (!isOther || colleague.facilityId !== wall.facilityId) throw new Refusal('NOT_FOUND')
}

function mustBeWatched({ visits }: Deps, visitId: string): boolean {
  const visit = visits.open().find((one) => one.visitId === visitId)
  return visit !== undefined && visit.coverage.mustBeWatched && isUnderWay(visit.session.state)
}
