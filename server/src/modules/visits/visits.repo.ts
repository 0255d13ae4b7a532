import type { Coverage } from '@visavis/contract/coverage'
import { mediaPolicyOf } from '@visavis/contract/media-policy'
import { OPEN_STATES } from '@visavis/contract/session-lifecycle'
import { PutBackReasonShape } from '@visavis/contract/visit'
import { leadAgeUnder } from '@visavis/contract/limits'
import type { Database, Prisma, Tx } from '@visavis/prisma'
import { firstNameOf, fullNameOf } from '@visavis/contract/person-names'
import { FLAGS, flagOfRow, saveFlags } from './flag.repo.ts'
import { helpOfRow, helpRowOf } from './help.repo.ts'
import { moveEnd } from './extension.repo.ts'
import { INTERVENTIONS, interventionOfRow, saveInterventions } from './intervention.repo.ts'
import { createFlowStore } from './flow.repo.ts'
import { FACE_KINDS, isAdultAt } from '../people/index.ts'
import { createPolicy } from '../policy/index.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import type { SeatRecord, VisitRecord } from './visit-record.ts'

const PERSON = { select: { givenName: true, familyName: true, language: true } } as const
const VISITOR = {
  select: {
    ...{ givenName: true, familyName: true, birthDate: true, verification: true },
    language: true,
    documents: {
      where: { removedAt: null, kind: { in: FACE_KINDS } },
      select: { documentId: true },
      take: 1,
    },
  },
} as const

const WHOLE = {
  terminal: { select: { terminalId: true, name: true, wing: true } },
  session: true,
  interventions: INTERVENTIONS,
  flags: FLAGS,
  seats: {
    include: { visitor: VISITOR, inmate: PERSON, checkIn: { select: { checkedBy: true } } },
    orderBy: [{ party: 'asc' }, { seatId: 'asc' }],
  },
} as const satisfies Prisma.VisitInclude

const NOT_COVERED: Coverage = { mustBeWatched: false, whenNotWatched: 'FLAG' }

type VisitRow = Prisma.VisitGetPayload<{ include: typeof WHOLE }>
type SeatRow = VisitRow['seats'][number]

/** Reads and writes the live side of visits. */
export type VisitsRepo = ReturnType<typeof createVisitsRepo>

export function createVisitsRepo(db: Database, policy: Policy = createPolicy(db)) {
  const many = async (where: Prisma.VisitWhereInput): Promise<VisitRecord[]> => {
    const rows = await db.visit.findMany({ where, include: WHOLE, orderBy: { startsAt: 'asc' } })
    const rules = new Map<string, FacilityRules>()
    for (const facilityId of new Set(rows.map((row) => row.facilityId))) {
      rules.set(facilityId, await policy.ofFacility(db, facilityId))
    }
    return rows.flatMap((row) => recordOf(row, rules.get(row.facilityId)) ?? [])
  }
  return {
    /** The visit, or null; inside `tx` where one is given. */
    async load(visitId: string, tx: Tx = db): Promise<VisitRecord | null> {
      const row = await tx.visit.findUnique({ where: { visitId }, include: WHOLE })
      return row ? recordOf(row, await policy.ofFacility(tx, row.facilityId)) : null
    },
    /** Visits that were under way or gathering when last stored. */
    open: () => many({ session: { state: { in: [...OPEN_STATES] } } }),
    /** Open visits whose room was last placed on that node. */
    openAt: (mediaNode: string) =>
      many({ session: { state: { in: [...OPEN_STATES] }, mediaNode, epoch: { gt: 0 } } }),
    /** Ids of confirmed visits whose time is over and that have no outcome yet. */
    async overdue(now: Date): Promise<string[]> {
      const rows = await db.visit.findMany({
        where: {
          bookingState: 'CONFIRMED',
          endsAt: { lte: now },
          session: { state: { not: 'ENDED' } },
        },
        select: { visitId: true },
      })
      return rows.map(({ visitId }) => visitId)
    },
    /** A facility's visits that touch [from, to), and every open one besides. */
    ofFacility: (facilityId: string, { from, to }: { from: Date; to: Date }) =>
      many({
        facilityId,
        bookingState: { in: ['CONFIRMED', 'FULFILLED'] },
        OR: [
          { startsAt: { lt: to }, endsAt: { gt: from } },
          { session: { state: { in: [...OPEN_STATES] } } },
        ],
      }),
    save: saveVisit,
    moveEnd,
    ...createFlowStore(db),
  }
}

/** Writes what differs, by compare-and-set on version and state; false when somebody else was faster. */
async function saveVisit(
  tx: Tx,
  { before, after, now }: { before: VisitRecord; after: VisitRecord; now: Date },
): Promise<boolean> {
  const { visitId, session } = before
  const { count } = await tx.visitSession.updateMany({
    where: { visitId, version: session.version, state: session.state },
    data: { ...after.session, version: session.version + 1 },
  })
  if (count !== 1) return false
  for (const seat of after.seats) {
    const old = before.seats.find(({ seatId }) => seatId === seat.seatId)
    if (old && old !== seat && !(await saveSeat(tx, old, seat))) return false
  }
  await saveInterventions(tx, visitId, { before, after })
  await saveFlags(tx, before, { before, after, now })
  return true
}

async function saveSeat(tx: Tx, before: SeatRecord, after: SeatRecord): Promise<boolean> {
  const { state, arrivedAt, admittedBy, admittedAt, refusedReason } = after
  const { putBackReason, cameraSeatId } = after
  // A host's check-in may say another camera meanwhile: only what this act has changed is written.
  const { count } = await tx.seat.updateMany({
    where: { seatId: before.seatId, state: before.state },
    data: {
      ...{ state, arrivedAt, admittedBy, admittedAt, refusedReason, putBackReason },
      ...(cameraSeatId === before.cameraSeatId ? {} : { cameraSeatId }),
      ...helpRowOf(after.help),
    },
  })
  return count === 1
}

function recordOf(row: VisitRow, rules: FacilityRules | undefined): VisitRecord | null {
  if (!row.session || !rules) return null
  const { policy, limitsAt, name, timeZone } = rules
  const { noShowMs, pauseAskMs, detectors, whenNotRecorded } = policy
  // As of the day of the visit, as when it was booked.
  const leadAge = leadAgeUnder({ policy, limits: limitsAt(row.startsAt) })
  const wished = { monitor: row.monitor, isRecorded: row.isRecorded }
  return {
    visitId: row.visitId,
    facilityId: row.facilityId,
    facility: { name, timeZone },
    terminal: row.terminal,
    visitClass: row.visitClass,
    policy: mediaPolicyOf(row.visitClass, { social: wished, official: wished, privileged: wished }),
    place: row.place,
    isConfirmed: row.bookingState === 'CONFIRMED',
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    ...{ noShowMs, pauseAskMs, detectors, whenNotRecorded },
    session: row.session,
    interventions: row.interventions.map(interventionOfRow),
    flags: row.flags.map(flagOfRow),
    coverage: coverageOf(row, rules),
    seats: row.seats.map((seat) => seatRecordOf(seat, row, { ...rules, leadAge })),
  }
}

/** A visit that nobody may watch, nobody must. */
function coverageOf({ visitClass, monitor }: VisitRow, { policy }: FacilityRules): Coverage {
  if (visitClass === 'privileged' || monitor === 'NONE') return NOT_COVERED
  return policy.coverage[visitClass]
}

/** The facility's rules, with the age to lead on the day of a visit. */
type LeadRules = FacilityRules & { readonly leadAge: number }

function seatRecordOf(
  { visitor, inmate, checkIn, ...seat }: SeatRow,
  { startsAt }: VisitRow,
  rules: LeadRules,
): SeatRecord {
  const person = visitor ?? inmate
  return {
    ...seat,
    putBackReason: PutBackReasonShape.nullable().parse(seat.putBackReason),
    checkedInBy: rules.policy.canHostAdmit ? (checkIn?.checkedBy ?? null) : null,
    hasPicture: visitor !== null && visitor.documents.length > 0,
    isVerifiedAdult: isVerifiedAdult({ ...seat, visitor }, startsAt, rules),
    language: person?.language ?? '',
    help: helpOfRow(seat),
    displayName: person ? firstNameOf(person) : '',
    fullName: person ? fullNameOf(person) : '',
  }
}

/** EL-6: verified, and of an age to lead on the day of the visit, by the facility's rules and the law. */
function isVerifiedAdult(
  { role, visitor }: Pick<SeatRow, 'role' | 'visitor'>,
  startsAt: Date,
  { timeZone, leadAge }: LeadRules,
): boolean {
  if (role !== 'PERSON' || visitor?.verification !== 'VERIFIED') return false
  return isAdultAt(visitor.birthDate, { instant: startsAt, timeZone }, leadAge)
}
