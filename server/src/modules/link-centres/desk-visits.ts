import type { DeskVisit } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { z } from 'zod'
import type { Tx } from '../../platform/transact.ts'
import { leadAgeUnder } from '@visavis/contract/limits'
import { firstNameOf, fullNameOf } from '@visavis/contract/person-names'
import { isAdultAt } from '../people/index.ts'
import type { Policy } from '../policy/index.ts'
import { helpOfRow, helpViewOf } from '../visits/index.ts'
import type { DeskBooking, DeskPerson } from './desk-rules.ts'
import type { DeskRepo, DeskRow, DeskSeatRow } from './desk.repo.ts'

/** A visit as the desk's page gets it. */
export type DeskVisitInput = z.input<typeof DeskVisit>

/** Makes rows into what the desk reads and what its rules decide on. */
export type DeskVisits = ReturnType<typeof createDeskVisits>

export function createDeskVisits(deps: { repo: DeskRepo; policy: Policy; clock: Clock }) {
  const { repo, policy, clock } = deps
  const adultAgesOf = async (tx: Tx, rows: readonly DeskRow[]): Promise<Map<string, number>> => {
    const ages = new Map<string, number>()
    for (const facilityId of new Set(rows.map((row) => row.facilityId))) {
      ages.set(facilityId, leadAgeUnder(await policy.ofFacility(tx, facilityId)))
    }
    return ages
  }
  return {
    /** The visits as the desk sees them, in the order given. */
    shown: async (tx: Tx, rows: readonly DeskRow[]): Promise<DeskVisitInput[]> => {
      const visitIds = rows.map(({ visitId }) => visitId)
      const ready = await repo.readyRooms(tx, visitIds, clock.now())
      const ages = await adultAgesOf(tx, rows)
      return rows.map((row) => ({
        ...deskVisitOf(row, ages.get(row.facilityId) ?? Infinity),
        isRoomReady: ready.has(row.visitId),
      }))
    },
    /** The visit as the desk's rules see it. */
    booking: async (tx: Tx, row: DeskRow): Promise<DeskBooking> => {
      const ages = await adultAgesOf(tx, [row])
      return deskBookingOf(row, ages.get(row.facilityId) ?? Infinity)
    },
  }
}

function deskVisitOf(row: DeskRow, adultAge: number): Omit<DeskVisitInput, 'isRoomReady'> {
  const { linkCentreRoomId = '', name = '' } = row.linkCentreRoom ?? {}
  return {
    visitId: row.visitId,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    room: { linkCentreRoomId, name },
    facilityName: row.facility.name,
    inmateFirstName: firstNameOf(row.inmate),
    visitors: row.seats.map((seat) => ({
      seatId: seat.seatId,
      visitorId: seat.visitorId ?? '',
      name: seat.visitor ? fullNameOf(seat.visitor) : '',
      isAdult: isAdult(row, seat, adultAge),
      checkedInAt: seat.checkIn?.checkedAt.toISOString() ?? null,
      help: row.session?.state === 'ENDED' ? null : helpViewOf(helpOfRow(seat)),
    })),
    outcome: row.session?.outcome ?? null,
  }
}

function deskBookingOf(row: DeskRow, adultAge: number): DeskBooking {
  const { startsAt, endsAt, bookedBy, bookingState, session } = row
  const isAhead = bookingState === 'CONFIRMED' && session?.state !== 'ENDED'
  return { startsAt, endsAt, bookedBy, isAhead, people: row.seats.map(personOf) }
  function personOf(seat: DeskSeatRow): DeskPerson {
    return {
      isAdult: isAdult(row, seat, adultAge),
      isVerified: seat.visitor?.verification === 'VERIFIED',
      isCheckedIn: seat.checkIn !== null,
      accountId: seat.visitor?.accounts[0]?.accountId ?? null,
    }
  }
}

function isAdult(row: DeskRow, { visitor }: DeskSeatRow, adultAge: number): boolean {
  const at = { instant: row.startsAt, timeZone: row.facility.timeZone }
  return visitor !== null && isAdultAt(visitor.birthDate, at, adultAge)
}
