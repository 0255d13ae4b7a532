import type { Prisma } from '../../generated/client/client.ts'
import type { Tx } from '../../src/database.ts'
import { bookIfFree } from './book-if-free.ts'
import type { Pair } from './book-if-free.ts'
import { DEMO_RELATIONSHIPS } from './demo-bonds.ts'
import { DEMO_INMATES, DEMO_LINK_CENTRE } from './demo-data.ts'
import { stableId } from './stable-id.ts'

/** The demo's two visits: one that can be joined at once, one to watch the lobby open for. */
export type DemoVisitKind = 'now' | 'soon'

const MINUTE_MS = 60_000
const SOON_MS = 5 * MINUTE_MS
/** Less than this left of a visit, and somebody who tries the demo should get a new one. */
const WORTH_JOINING_MS = 10 * MINUTE_MS

const DEMO_INMATE_IDS = DEMO_INMATES.map(({ key }) => stableId(`inmate/${key}`))

/** The demo's visit of this kind: the one there is, or a new one; null if every terminal is taken. */
export async function ensureDemoVisit(
  tx: Tx,
  kind: DemoVisitKind,
  now: Date,
): Promise<string | null> {
  const found = await findJoinableVisit(tx, kind, now)
  if (found) return found.visitId
  for (const pair of pairsFor(kind)) {
    const visitId = await bookIfFree(tx, { pair, startsAt: startOf(kind, now), now })
    if (visitId) return visitId
  }
  return null
}

/** From now on, enough time to find the way to the host's desk. */
const LINK_CENTRE_MS = 45 * MINUTE_MS
const LINK_CENTRE_PAIR: Pair = { visitor: 'olga', inmate: 'ilya' }

/** A visit today in a room of the link centre, so that its host has somebody to check in. */
export async function ensureLinkCentreVisit(tx: Tx, now: Date): Promise<void> {
  const [, room] = DEMO_LINK_CENTRE.rooms
  const linkCentreRoomId = stableId(`link-centre-room/${DEMO_LINK_CENTRE.key}/${room}`)
  const isThere = await tx.visit.count({
    where: { linkCentreRoomId, bookingState: 'CONFIRMED', endsAt: { gt: now } },
  })
  if (isThere > 0) return
  const startsAt = new Date(wholeMinute(now.getTime() + LINK_CENTRE_MS))
  await bookIfFree(tx, { pair: LINK_CENTRE_PAIR, startsAt, now, row: { linkCentreRoomId } })
}

/** Gives back what visits of the demo that ended early still hold. */
export async function releaseEndedDemoVisits(tx: Tx): Promise<void> {
  await tx.resourceClaim.updateMany({
    where: {
      state: 'BOOKED',
      visit: { inmateId: { in: DEMO_INMATE_IDS }, session: { state: 'ENDED' } },
    },
    data: { state: 'RELEASED' },
  })
}

function findJoinableVisit(tx: Tx, kind: DemoVisitKind, now: Date) {
  const after = (ms: number) => new Date(now.getTime() + ms)
  const window: Prisma.VisitWhereInput =
    kind === 'now'
      ? { startsAt: { lte: now }, endsAt: { gte: after(WORTH_JOINING_MS) } }
      : { startsAt: { gt: now, lte: after(SOON_MS + MINUTE_MS) } }
  return tx.visit.findFirst({
    where: {
      ...window,
      inmateId: { in: DEMO_INMATE_IDS },
      bookingState: 'CONFIRMED',
      place: 'HOME',
      session: { state: { not: 'ENDED' } },
      seats: { none: { state: { in: ['REFUSED', 'REMOVED'] } } },
    },
    orderBy: { startsAt: 'desc' },
  })
}

/** Whole minutes: a visit at 14:05:37 would look odd on every page. */
function startOf(kind: DemoVisitKind, now: Date): Date {
  const ms = now.getTime()
  return new Date(kind === 'now' ? wholeMinute(ms - MINUTE_MS + 1) : wholeMinute(ms + SOON_MS))
}

function wholeMinute(ms: number): number {
  return Math.ceil(ms / MINUTE_MS) * MINUTE_MS
}

/** Families who may meet; the two kinds of visit start from opposite ends, so that they seldom compete. */
function pairsFor(kind: DemoVisitKind): Pair[] {
  const approved = DEMO_RELATIONSHIPS.filter(
    ({ isApproved, isOfDesk, kind }) => isApproved && !isOfDesk && kind !== 'LAWYER',
  )
  const secondFacility = approved.length / 2
  if (kind === 'now') return approved
  return [...approved.slice(secondFacility), ...approved.slice(0, secondFacility)]
}
