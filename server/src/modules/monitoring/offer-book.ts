import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { LiveVisits } from '../visits/index.ts'
import { isDeclined, isFor, withoutVisits } from './handover-rules.ts'
import type { OfferRecord } from './handover-rules.ts'
import type { HandoversRepo } from './handovers.repo.ts'
import type { MonitoringRepo } from './monitoring.repo.ts'
import type { Wall, Walls } from './walls.ts'

type Deps = {
  readonly walls: Walls
  readonly visits: Pick<LiveVisits, 'open'>
  readonly repo: Pick<MonitoringRepo, 'namesOf'>
  readonly rows: HandoversRepo
  readonly clock: Clock
  readonly log: Logger
}

/** The open offers as this server knows them, told to its walls; rows keep them over a restart. */
export type OfferBook = ReturnType<typeof createOfferBook>

type IsGone = (offer: OfferRecord, visitId: string) => boolean

export function createOfferBook(deps: Deps) {
  const { walls, clock } = deps
  const shelf = createShelf(deps)
  const { drop } = shelf
  return {
    drop,
    get: (offerId: string) => shelf.all().find((offer) => offer.offerId === offerId),
    isOffered: (visitId: string) => shelf.all().some(({ visitIds }) => visitIds.includes(visitId)),
    /** An offer that is stored is put before those it is for; each visit is in one offer at a time. */
    async put(offer: OfferRecord): Promise<void> {
      drop((_, visitId) => offer.visitIds.includes(visitId))
      shelf.set([...shelf.all(), offer])
      const wire = await wireOf(deps, offer)
      for (const wall of walls.ofFacility(offer.facilityId)) {
        if (isFor(offer, wall)) wall.socket.emit('handover:offered', wire)
      }
    },
    /** Takes an offer out that is open no more. */
    forget(offer: OfferRecord): void {
      shelf.set(shelf.all().filter(({ offerId }) => offerId !== offer.offerId))
      tellClosed(walls, offer)
    },
    /** Notes that an officer does not want it; an offer that nobody is left for is over. */
    decline(offer: OfferRecord, accountId: string): void {
      const declined = { ...offer, declinedBy: new Set([...offer.declinedBy, accountId]) }
      shelf.set(shelf.all().map((one) => (one.offerId === offer.offerId ? declined : one)))
      if (isDeclined(declined, walls.all())) drop((one) => one === declined)
    },
    /** Closes what has waited for too long. */
    expire: (): void => drop(({ expiresAt }) => expiresAt <= clock.now()),
    /** Puts before a wall what nobody has taken yet, also of a server before this one. */
    async show(wall: Wall): Promise<void> {
      await shelf.load(wall.facilityId)
      for (const offer of shelf.all().filter((one) => isFor(one, wall))) {
        wall.socket.emit('handover:offered', await wireOf(deps, offer))
      }
    },
  }
}

function createShelf({ walls, visits, rows, clock, log }: Deps) {
  let offers: readonly OfferRecord[] = []
  const later = storeLater(log)
  const drop = (isGone: IsGone): void => {
    const before = offers
    const { left, over } = withoutVisits(before, isGone)
    if (over.length > 0) later(() => rows.close(over.map(({ offerId }) => offerId)))
    for (const offer of left.filter((each) => !before.includes(each))) {
      later(() => rows.narrow(offer.offerId, offer.visitIds))
    }
    offers = left
    over.forEach((offer) => tellClosed(walls, offer))
  }
  return {
    all: () => offers,
    set: (next: readonly OfferRecord[]): void => {
      offers = next
    },
    drop,
    async load(facilityId: string): Promise<void> {
      // What was dropped here is a row until it is stored.
      await later.done()
      const stored = await rows.open(facilityId, clock.now())
      offers = [...offers.filter((offer) => offer.facilityId !== facilityId), ...stored]
      const open = new Set(visits.open().map(({ visitId }) => visitId))
      drop((offer, visitId) => offer.facilityId === facilityId && !open.has(visitId))
    },
  }
}

async function wireOf({ repo }: Deps, offer: OfferRecord) {
  const { offerId, cause, at, visitIds, fromAccountId } = offer
  const [giver] = fromAccountId === null ? [] : await repo.namesOf([fromAccountId])
  const fromName = fromAccountId === null ? null : (giver?.name ?? '')
  return { offerId, cause, at: at.toISOString(), visitIds: [...visitIds], fromName }
}

function tellClosed(walls: Walls, { offerId, facilityId }: OfferRecord): void {
  walls.ofFacility(facilityId).forEach(({ socket }) => socket.emit('handover:closed', { offerId }))
}

/** Does writes one after the other behind the caller's back: what they lose is looked at again when it is read. */
function storeLater(log: Logger) {
  let last = Promise.resolve()
  const later = (write: () => Promise<void>): void => {
    last = last.then(write).catch((error: unknown) => {
      log.warn({ err: error }, 'the end of an offer was not stored')
    })
  }
  return Object.assign(later, { done: () => last })
}
