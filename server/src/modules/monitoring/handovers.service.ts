import { Refusal } from '@visavis/contract/errors'
import type { DataOf, PayloadOf } from '@visavis/contract/command'
import type { OfferCause } from '@visavis/contract/coverage'
import type { coverageCommands } from '@visavis/contract/coverage-socket'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { NewId } from '../../platform/ids.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { LiveVisits, VisitChange, VisitRecord } from '../visits/index.ts'
import { isUnderWay } from '../visits/index.ts'
import { isHeard, isOnScreen, isWatchedBy } from './coverage.ts'
import { isFor, offerEnd } from './handover-rules.ts'
import type { OfferRecord } from './handover-rules.ts'
import type { HandoversRepo } from './handovers.repo.ts'
import type { MonitoringRepo } from './monitoring.repo.ts'
import { createOfferBook } from './offer-book.ts'
import type { OfferBook } from './offer-book.ts'
import type { OfficerCause } from './wall.service.ts'
import type { Wall, Walls } from './walls.ts'

type Commands = typeof coverageCommands

type Deps = {
  readonly walls: Walls
  readonly visits: Pick<LiveVisits, 'acts' | 'open'>
  readonly repo: Pick<MonitoringRepo, 'namesOf'>
  readonly rows: HandoversRepo
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
  let isStopped = false
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
      const toAccountId = colleagueAt(deps, wall, toObserverId)
      const { accountId: fromAccountId, facilityId } = wall
      const given = {
        facilityId,
        cause: 'COLLEAGUE',
        visitIds,
        fromAccountId,
        toAccountId,
      } as const
      const offer = newOffer(deps, given)
      await offerIn(deps, book, { offer, actor: auditActorOf(cause.actor), cause })
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
    /** Somebody is before a wall: time to look what has waited for too long. */
    expire: () => book.expire(),
    /** From here on walls close because the server does: offers stand, and the next one finds them. */
    stop(): void {
      isStopped = true
    },
    /** A wall has closed, and with it what it offered; what somebody must watch is offered to the others. */
    leave: (wall: Wall, had: readonly string[]) =>
      isStopped ? Promise.resolve() : leave(deps, book, { wall, had }),
  }
}

async function leave(
  deps: Deps,
  book: OfferBook,
  { wall, had }: { wall: Wall; had: readonly string[] },
): Promise<void> {
  const { walls, clock } = deps
  const { accountId, facilityId } = wall
  const isThere = walls.ofFacility(facilityId).some((one) => one.accountId === accountId)
  if (!isThere) book.drop((offer) => offer.fromAccountId === accountId)
  const now = clock.now()
  const visitIds = had.filter(
    (visitId) => mustBeWatched(deps, visitId) && !isWatchedBy(walls.all(), visitId, now),
  )
  await offerLeft(deps, book, { facilityId, visitIds, cause: 'WALL_CLOSED' })
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
    await enter(deps, offer, {
      ...{ verb: 'decline', actor, cause },
      act: (tx) => deps.rows.decline(tx, offerId, wall.accountId),
    })
    book.decline(offer, wall.accountId)
    return { visitIds: [] }
  }
  await take(deps, book, { offer, wall, actor, cause })
  await tellTaken(deps, offer, wall)
  return { visitIds: [...offer.visitIds] as never }
}

/** Whoever is first has it, also of two servers; the row says who that is. */
async function take(
  deps: Deps,
  book: OfferBook,
  given: { offer: OfferRecord; wall: Wall; actor: AuditActor; cause: OfficerCause },
): Promise<void> {
  const { offer, wall, actor, cause } = given
  const { offerId } = offer
  const by = { takenBy: wall.accountId, now: deps.clock.now() }
  try {
    await enter(deps, offer, {
      ...{ verb: 'accept', actor, cause },
      act: async (tx) => {
        if (!(await deps.rows.take(tx, offerId, by))) throw new Refusal('ALREADY_DECIDED')
      },
    })
  } catch (error) {
    if (error instanceof Refusal) book.forget(offer)
    throw error
  }
  book.forget(offer)
}

async function tellTaken({ walls, repo }: Deps, offer: OfferRecord, by: Wall): Promise<void> {
  const givers = walls
    .ofFacility(offer.facilityId)
    .filter(({ accountId }) => accountId === offer.fromAccountId)
  if (givers.length === 0) return
  const toName = (await repo.namesOf([by.accountId]))[0]?.name ?? ''
  const { offerId, visitIds } = offer
  for (const { socket } of givers) {
    socket.emit('handover:taken', { offerId, toName, visitIds: [...visitIds] })
  }
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
  const offer = newOffer(deps, { ...given, fromAccountId: null, toAccountId: null })
  await offerIn(deps, book, { offer, actor: SERVER, cause: null })
}

type NewOffer = Omit<OfferRecord, 'offerId' | 'at' | 'expiresAt' | 'declinedBy'>

function newOffer({ newId, clock }: Deps, given: NewOffer): OfferRecord {
  const at = clock.now()
  const expiresAt = offerEnd(given.cause, at)
  return { ...given, offerId: newId(), at, expiresAt, declinedBy: new Set() }
}

/** Stores an offer with its audit entry, and then puts it before those it is for. */
async function offerIn(
  deps: Deps,
  book: OfferBook,
  { offer, ...by }: { offer: OfferRecord } & Pick<Entry, 'actor' | 'cause'>,
): Promise<void> {
  await enter(deps, offer, { ...by, verb: 'offer', act: (tx) => deps.rows.add(tx, offer) })
  await book.put(offer)
}

type Entry = {
  readonly verb: string
  readonly actor: AuditActor
  readonly cause: OfficerCause | null
  /** What is entered, in the same transaction. */
  readonly act: (tx: Tx) => Promise<void>
}

async function enter(
  { transact, audit }: Deps,
  { offerId, facilityId, visitIds, cause: why }: OfferRecord,
  { verb, actor, cause, act }: Entry,
): Promise<void> {
  await transact(async (tx) => {
    await act(tx)
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
  const others = walls
    .ofFacility(wall.facilityId)
    .filter(({ accountId }) => accountId !== wall.accountId)
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

/** The account of the colleague before a wall; null: all are asked. */
function colleagueAt({ walls }: Deps, wall: Wall, toObserverId: string | null): string | null {
  if (toObserverId === null) return null
  const colleague = walls.of(toObserverId)
  const isOther = colleague !== undefined && colleague.accountId !== wall.accountId
  if (!isOther || colleague.facilityId !== wall.facilityId) throw new Refusal('NOT_FOUND')
  return colleague.accountId
}

function mustBeWatched({ visits }: Deps, visitId: string): boolean {
  const visit = visits.open().find((one) => one.visitId === visitId)
  return visit !== undefined && visit.coverage.mustBeWatched && isUnderWay(visit.session.state)
}
