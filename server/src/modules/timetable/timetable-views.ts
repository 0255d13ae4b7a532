import type { BlackoutView, SlotView, TemplateView, TimetableImpact } from '@visavis/contract/http'
import type { z } from 'zod'
import { fullNameOf } from '@visavis/contract/person-names'
import type { PersonName } from '@visavis/contract/person-names'

/** A template in the wire's form. */
export type TemplateViewInput = z.input<typeof TemplateView>
/** A slot in the wire's form. */
export type SlotViewInput = z.input<typeof SlotView>
/** A blackout in the wire's form. */
export type BlackoutViewInput = z.input<typeof BlackoutView>
/** What a change does, in the wire's form. */
export type ImpactInput = z.input<typeof TimetableImpact>

type TemplateTold = Omit<TemplateViewInput, 'excludedDates'> & {
  readonly excludedDates: readonly string[]
}

/** The template's row as it is told. */
export function templateView(row: TemplateTold): TemplateViewInput {
  return {
    templateId: row.templateId,
    version: row.version,
    name: row.name,
    weekday: row.weekday,
    startMinute: row.startMinute,
    lengthMinutes: row.lengthMinutes,
    everyWeeks: row.everyWeeks,
    validFrom: row.validFrom,
    validTo: row.validTo,
    visitClass: row.visitClass,
    bookingMode: row.bookingMode,
    capacity: row.capacity,
    wings: row.wings,
    excludedDates: [...row.excludedDates],
  }
}

type SlotRow = Omit<SlotViewInput, 'startsAt' | 'endsAt' | 'isClosed' | 'isBlackedOut' | 'used'> & {
  readonly startsAt: Date
  readonly endsAt: Date
  readonly closedAt: Date | null
}

/** The slot's row as it is told, with its places taken. */
export function slotView(
  row: SlotRow,
  more: { readonly used: number; readonly isBlackedOut: boolean },
): SlotViewInput {
  return {
    slotId: row.slotId,
    templateId: row.templateId,
    visitClass: row.visitClass,
    bookingMode: row.bookingMode,
    capacity: row.capacity,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    isClosed: row.closedAt !== null,
    ...more,
  }
}

type BlackoutRow = Pick<BlackoutViewInput, 'blackoutId' | 'scope' | 'reason' | 'facilityId'> & {
  readonly wing: string | null
  readonly terminalId: string | null
  readonly linkCentreId: string | null
  readonly linkCentreRoomId: string | null
  readonly startsAt: Date
  readonly endsAt: Date
  readonly liftedAt: Date | null
}

/** The blackout's row as it is told. */
export function blackoutView(row: BlackoutRow): BlackoutViewInput {
  const { wing, terminalId, linkCentreId, linkCentreRoomId } = row
  return {
    blackoutId: row.blackoutId,
    facilityId: row.facilityId,
    scope: row.scope,
    reason: row.reason,
    ...(wing === null ? {} : { wing }),
    ...(terminalId === null ? {} : { terminalId }),
    ...(linkCentreId === null ? {} : { linkCentreId }),
    ...(linkCentreRoomId === null ? {} : { linkCentreRoomId }),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    isLifted: row.liftedAt !== null,
  }
}

/** A visit that a change touches, with its people. */
export type TouchedVisit = {
  readonly visitId: string
  readonly facilityId: string
  readonly inmateId: string
  readonly bookingState: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly facility: { readonly operatorId: string }
  readonly inmate: PersonName
  readonly seats: readonly { readonly visitor: PersonName | null }[]
}

/** The visits as staff are told of them; those of other operators without names (TR-3). */
export function affectedView(
  visits: readonly TouchedVisit[],
  operatorId: string,
): ImpactInput['affected'] {
  return visits.map((visit) => {
    const isOurs = visit.facility.operatorId === operatorId
    const visitors = visit.seats.flatMap(({ visitor }) => (visitor ? [fullNameOf(visitor)] : []))
    return {
      visitId: visit.visitId,
      startsAt: visit.startsAt.toISOString(),
      endsAt: visit.endsAt.toISOString(),
      inmateName: isOurs ? fullNameOf(visit.inmate) : '',
      visitorNames: isOurs ? visitors : [],
    }
  })
}
