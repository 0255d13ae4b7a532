import { Refusal } from '@visavis/contract/errors'
import type { VisitReceipt } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { z } from 'zod'
import { isOwnSeat } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { ReceiptReading } from '../receipts/index.ts'
import type { Timeline, TimelineNote } from '../timeline/index.ts'
import { firstNameOf, fullNameOf } from '@visavis/contract/person-names'
import type { ReceiptRow, ReceiptsRepo } from './receipts.repo.ts'

type Receipt = z.input<typeof VisitReceipt>

/** What is printed about a visit. */
export type ReceiptsService = ReturnType<typeof createReceiptsService>

type Deps = {
  readonly repo: ReceiptsRepo
  readonly statements: Pick<ReceiptReading, 'of'>
  readonly timeline: Pick<Timeline, 'of'>
  readonly clock: Clock
}

export function createReceiptsService({ repo, statements, timeline, clock }: Deps) {
  return {
    /** For a visitor of it, its centre's host and its facility's desk; for others it is not there. */
    receipt: async (actor: AccountActor, visitId: string): Promise<Receipt> => {
      const row = await repo.visit(visitId)
      if (!row || !mayRead(actor, row)) throw new Refusal('VISIT_NOT_FOUND')
      return {
        ...receiptOf(row, clock.now()),
        hasCertificate: hasCertificate(actor, row),
        statement: await statements.of(visitId),
        course: isStaff(actor) ? courseOf(row, await timeline.of(visitId)) : null,
      }
    },
  }
}

function mayRead(actor: AccountActor, row: ReceiptRow): boolean {
  if (actor.role === 'visitor') return row.seats.some((seat) => isOwnSeat(actor, seat))
  const centreId = row.linkCentreRoom?.linkCentreId ?? null
  if (actor.role === 'host') return centreId !== null && centreId === actor.linkCentreId
  return row.facilityId === actor.facilityId
}

function hasCertificate({ role }: AccountActor, { visitClass, session }: ReceiptRow): boolean {
  const isReader = role === 'visitor' || role === 'facilityAdmin'
  return isReader && visitClass === 'privileged' && session?.state === 'ENDED'
}

/** Officers' doings are in the course: it is none of the parties', nor of the host's. */
function isStaff({ role }: AccountActor): boolean {
  return role !== 'visitor' && role !== 'host'
}

function courseOf({ seats }: ReceiptRow, notes: readonly TimelineNote[]): Receipt['course'] {
  return notes.map(({ at, kind, seatId, detail }) => {
    const seat = seats.find((candidate) => candidate.seatId === seatId)
    const person = seat?.visitor ?? seat?.inmate
    return { at: at.toISOString(), kind, who: person ? fullNameOf(person) : null, detail }
  })
}

function receiptOf(
  row: ReceiptRow,
  now: Date,
): Omit<Receipt, 'statement' | 'course' | 'hasCertificate'> {
  return {
    visitId: row.visitId,
    linkCentre: row.linkCentreRoom?.linkCentre ?? null,
    facility: row.facility,
    room: row.linkCentreRoom?.name ?? null,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    visitorNames: row.seats.flatMap(({ visitor }) => (visitor ? [fullNameOf(visitor)] : [])),
    inmateFirstName: firstNameOf(row.inmate),
    bookedMs: row.endsAt.getTime() - row.startsAt.getTime(),
    deliveredMs: row.session?.deliveredMs ?? 0,
    outcome: row.session?.outcome ?? null,
    printedAt: now.toISOString(),
  }
}
