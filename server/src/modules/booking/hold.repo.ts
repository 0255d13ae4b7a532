import { Prisma, newId } from '@visavis/prisma'
import type { Tx } from '@visavis/prisma'
import type { MonitorMode, VisitClass } from '@visavis/contract/media-policy'
import type { StoredView } from './booking-view.repo.ts'

/** A slot and the inmate who is to have it, before anything is locked. */
export type HoldFacts = {
  readonly slotId: string
  readonly facilityId: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly visitClass: VisitClass
  readonly bookingMode: 'INSTANT' | 'APPROVAL' | 'ON_DEMAND'
  readonly inmateFacilityId: string | null
  readonly wing: string | null
}

/** A stretch of a facility's time, with the people who are to have it. */
export type Wanted = {
  readonly facilityId: string
  readonly slotId: string | null
  readonly inmateId: string
  readonly visitorIds: readonly string[]
  readonly wing: string
  readonly startsAt: Date
  readonly endsAt: Date
  /** The end with the terminal's turnaround, and with the escort's. */
  readonly busyUntil: Date
  readonly escortUntil: Date
  readonly isWingOnly: boolean
  readonly linkCentreId: string | null
  /** Only this terminal will do; null: any. */
  readonly terminalId: string | null
}

/** A visit to be held, all but the things that are picked for it. */
export type NewVisit = {
  readonly visitId: string
  readonly wanted: Wanted
  readonly visitClass: VisitClass
  readonly bookingMode: HoldFacts['bookingMode']
  readonly monitor: MonitorMode
  readonly isRecorded: boolean
  readonly holdExpiresAt: Date
  readonly bookedBy: string | null
  readonly seriesId: string | null
  readonly rebookOf: string | null
  readonly place: 'HOME' | 'LINK_CENTRE'
  readonly usesEscorts: boolean
  /** It is the offer of the first in line (BK-10). */
  readonly isOffer: boolean
  readonly now: Date
}

/** What came of it. STALE: holds that are over stand in the way; nothing was written, as with a refusal. */
export type Placed =
  | { readonly answer: 'HELD'; readonly seen: StoredView }
  | { readonly answer: 'SLOT_CLOSED' | 'NO_PLACE' }
  | { readonly answer: 'STALE'; readonly stale: readonly string[] }

type Stretch = Pick<Wanted, 'facilityId' | 'startsAt' | 'busyUntil'>

/** The statements of a hold: few and plain, because ten thousand people may want the same place (BK-4). */
export const holdRepo = {
  facts: async (tx: Tx, slotId: string, inmateId: string): Promise<HoldFacts | null> => {
    const [row] = await tx.$queryRaw<HoldFacts[]>`
      SELECT s.slot_id AS "slotId", s.facility_id AS "facilityId", s.starts_at AS "startsAt",
        s.ends_at AS "endsAt", s.visit_class::text AS "visitClass",
        s.booking_mode::text AS "bookingMode", i.facility_id AS "inmateFacilityId", i.wing
      FROM slot s LEFT JOIN inmate i ON i.inmate_id = ${inmateId}::uuid
      WHERE s.slot_id = ${slotId}::uuid`
    return row ?? null
  },
  inmate: (tx: Tx, inmateId: string) =>
    tx.inmate.findUnique({ where: { inmateId }, select: { facilityId: true, wing: true } }),
  lockPeople,
  peopleLock,
  bookingLock,
  lockHours,
  place,
}

/** Whose locks a transaction takes: nobody else may book for `exclusive` ones meanwhile. */
export type PersonLocks = {
  readonly shared: readonly string[]
  readonly exclusive: readonly string[]
}

/** Person locks, in one order whoever asks. */
async function lockPeople(tx: Tx, locks: PersonLocks): Promise<void> {
  await tx.$executeRaw`SELECT ${peopleLock(locks)}`
}

/** The same as a call, to be made along with the key of a write. */
function peopleLock(locks: PersonLocks): Prisma.Sql {
  const { people, isExclusive } = inOrder(locks)
  return Prisma.sql`lock_people(${people}::text[], ${isExclusive}::boolean[])`
}

/** People, and then the session and the visit of their booking. */
function bookingLock(visitId: string, locks: PersonLocks): Prisma.Sql {
  const { people, isExclusive } = inOrder(locks)
  return Prisma.sql`lock_booking(${people}::text[], ${isExclusive}::boolean[], ${visitId}::uuid)`
}

function inOrder({ shared, exclusive }: PersonLocks) {
  const people = [...exclusive, ...shared].toSorted()
  return { people, isExclusive: people.map((personId) => exclusive.includes(personId)) }
}

/** One writer at a time for each facility and hour that the stretch touches. */
async function lockHours(tx: Tx, { facilityId, ...stretch }: Stretch): Promise<void> {
  const { startsAt, busyUntil } = stretch
  await tx.$queryRaw`
    SELECT lock_booking_hours(${facilityId}::uuid, ${startsAt}, ${busyUntil})::text`
}

/** Inmate, terminal, monitor seat, escort and room; visitors come on top. */
const MOST_OTHER_CLAIMS = 5

/**
 * BK-1, BK-4. Under the locks of its hours picks what is free, and stores the visit, its seats and its
 * claims: one round trip, because everybody else who wants that time waits for it. An overlap with
 * another facility's visit ends the transaction with 23P01.
 */
async function place(tx: Tx, { wanted, ...visit }: NewVisit): Promise<Placed> {
  const people = wanted.visitorIds.length
  const asked = {
    ...wanted,
    ...visit,
    seatIds: Array.from({ length: people + 1 }, newId),
    claimIds: Array.from({ length: people + MOST_OTHER_CLAIMS }, newId),
  }
  const [row] = await tx.$queryRaw<[Placed]>`
    SELECT answer, stale, seen FROM place_hold(${JSON.stringify(asked)}::jsonb)`
  return row
}
