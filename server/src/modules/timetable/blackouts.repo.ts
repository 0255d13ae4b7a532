import type { Blackout, Prisma, Tx } from '@visavis/prisma'
import type { BlackoutScope } from './blackout-rules.ts'
import { touchedRepo } from './touched-visits.repo.ts'

/** The place of a blackout, as its row names it; exactly one id. */
export type BlackoutPlace =
  | { readonly scope: 'ESTATE'; readonly estateId: string }
  | { readonly scope: 'FACILITY'; readonly facilityId: string }
  | { readonly scope: 'WING'; readonly facilityId: string; readonly wing: string }
  | { readonly scope: 'TERMINAL'; readonly terminalId: string }
  | { readonly scope: 'LINK_CENTRE'; readonly linkCentreId: string }
  | { readonly scope: 'LINK_CENTRE_ROOM'; readonly linkCentreRoomId: string }

/** A half-open stretch of time. */
export type Stretch = { readonly startsAt: Date; readonly endsAt: Date }
export type BlackoutRow = Blackout & { readonly scope: BlackoutScope }

/** Longer than any visit, so that the search by its start finds those that still run. */
const LONGEST_VISIT_MS = 4 * 3_600_000

/** Rows of blackouts. */
export const blackoutsRepo = {
  add: (tx: Tx, row: Prisma.BlackoutUncheckedCreateInput): Promise<BlackoutRow> =>
    tx.blackout.create({ data: row }),
  one: (tx: Tx, blackoutId: string): Promise<BlackoutRow | null> =>
    tx.blackout.findUnique({ where: { blackoutId } }),
  /** False if it was lifted before. */
  lift: async (tx: Tx, blackoutId: string, liftedAt: Date): Promise<boolean> => {
    const where = { blackoutId, liftedAt: null }
    return (await tx.blackout.updateMany({ where, data: { liftedAt } })).count === 1
  },
  /** Those that are not lifted and close something of a facility, or its whole estate. */
  over: (
    tx: Tx,
    { facilityId, estateId, terminalIds }: Overlooked,
    { startsAt, endsAt }: Stretch,
  ): Promise<BlackoutRow[]> =>
    tx.blackout.findMany({
      where: {
        liftedAt: null,
        startsAt: { lt: endsAt },
        endsAt: { gt: startsAt },
        OR: [{ estateId }, { facilityId }, { terminalId: { in: [...terminalIds] } }],
      },
      orderBy: [{ startsAt: 'asc' }, { blackoutId: 'asc' }],
    }),
  terminal: (tx: Tx, terminalId: string) =>
    tx.terminal.findUnique({
      where: { terminalId },
      select: { facilityId: true, facility: { select: { operatorId: true } } },
    }),
  operator: (tx: Tx, operatorId: string) =>
    tx.operator.findUnique({ where: { operatorId }, select: { estateId: true } }),
  facilityOperator: (tx: Tx, facilityId: string) =>
    tx.facility.findUnique({ where: { facilityId }, select: { operatorId: true } }),
  linkCentreEstate: async (tx: Tx, linkCentreId: string): Promise<string | null> => {
    const where = { linkCentreId }
    return (await tx.linkCentre.findUnique({ where, select: { estateId: true } }))?.estateId ?? null
  },
  roomEstate: async (tx: Tx, linkCentreRoomId: string): Promise<string | null> => {
    const select = { linkCentre: { select: { estateId: true } } }
    const room = await tx.linkCentreRoom.findUnique({ where: { linkCentreRoomId }, select })
    return room?.linkCentre.estateId ?? null
  },
  lock,
  /** Live visits that have not begun. */
  visitsUnder: (
    tx: Tx,
    place: BlackoutPlace,
    { stretch, now }: { stretch: Stretch; now: Date },
  ) => {
    const earliest = new Date(stretch.startsAt.getTime() - LONGEST_VISIT_MS)
    const when = {
      startsAt: { gt: earliest, lt: stretch.endsAt },
      endsAt: { gt: stretch.startsAt },
    }
    return touchedRepo.where(tx, { AND: [visitsAt(place), when] }, now)
  },
  /** How many open slots, that have not begun, nobody could come to any more. */
  slotsUnder: async (
    tx: Tx,
    place: BlackoutPlace,
    { stretch, now }: { stretch: Stretch; now: Date },
  ): Promise<number> => {
    const slots = slotsAt(place)
    if (slots === null) return 0
    const { startsAt, endsAt } = stretch
    const earliest = new Date(Math.max(now.getTime(), startsAt.getTime() - LONGEST_VISIT_MS))
    const when = { startsAt: { gt: earliest, lt: endsAt }, endsAt: { gt: startsAt } }
    return tx.slot.count({ where: { ...slots, closedAt: null, ...when } })
  },
}

type Overlooked = {
  readonly facilityId: string
  readonly estateId: string
  readonly terminalIds: readonly string[]
}

function visitsAt(place: BlackoutPlace): Prisma.VisitWhereInput {
  switch (place.scope) {
    case 'ESTATE':
      return { facility: { estateId: place.estateId } }
    case 'FACILITY':
      return { facilityId: place.facilityId }
    case 'WING': {
      const { facilityId, wing } = place
      // Neither can its inmates come out, nor anybody to its terminals.
      return { facilityId, OR: [{ inmate: { wing } }, { terminal: { wing } }] }
    }
    case 'TERMINAL':
      return { terminalId: place.terminalId }
    case 'LINK_CENTRE':
      return { linkCentreRoom: { linkCentreId: place.linkCentreId } }
    case 'LINK_CENTRE_ROOM':
      return { linkCentreRoomId: place.linkCentreRoomId }
  }
}

function slotsAt(place: BlackoutPlace): Prisma.SlotWhereInput | null {
  if (place.scope === 'ESTATE') return { facility: { estateId: place.estateId } }
  if (place.scope === 'FACILITY') return { facilityId: place.facilityId }
  if (place.scope !== 'WING') return null
  return { facilityId: place.facilityId, wings: { equals: [place.wing] } }
}

/**
 * Waits for bookings that are being made there, so that they are seen: storing a visit takes a share of
 * its facility's row and, at a link centre, of its room's.
 */
async function lock(tx: Tx, place: BlackoutPlace): Promise<void> {
  switch (place.scope) {
    case 'ESTATE':
      await tx.$queryRaw`
        SELECT 1 FROM facility WHERE estate_id = ${place.estateId}::uuid
        ORDER BY facility_id FOR UPDATE`
      return
    case 'FACILITY':
    case 'WING':
      await tx.$queryRaw`
        SELECT 1 FROM facility WHERE facility_id = ${place.facilityId}::uuid FOR UPDATE`
      return
    case 'TERMINAL':
      await tx.$queryRaw`
        SELECT 1 FROM terminal WHERE terminal_id = ${place.terminalId}::uuid FOR UPDATE`
      return
    case 'LINK_CENTRE':
      await tx.$queryRaw`
        SELECT 1 FROM link_centre_room WHERE link_centre_id = ${place.linkCentreId}::uuid
        ORDER BY link_centre_room_id FOR UPDATE`
      return
    case 'LINK_CENTRE_ROOM':
      await tx.$queryRaw`
        SELECT 1 FROM link_centre_room
        WHERE link_centre_room_id = ${place.linkCentreRoomId}::uuid FOR UPDATE`
  }
}
