import { DateTime } from 'luxon'
import type { NextStep } from '@visavis/contract/eligibility'
import type { ErrorCode } from '@visavis/contract/errors'
import type { BlackoutFact, LinkCentreFact, SlotFact, Stretch } from './eligibility-facts.ts'
import type { Finding, KnownFacts, Refused, Rule } from './judgement.ts'

const refuse = (code: ErrorCode, nextStep: NextStep, because: string): Refused[] => [
  { code, nextStep, because },
]

/** BK-7. The slot is there, at this inmate's facility, and open; a ring is not booked by its slot (BK-8). */
export const slotIsOpen: Rule = ({ slot, inmate }) => {
  if (slot === undefined) return 'NOT_CHECKED'
  if (slot?.facilityId !== inmate.facility.facilityId) {
    return refuse('SLOT_NOT_FOUND', 'CHOOSE_OTHER_TIME', 'no such slot')
  }
  const isOpen = !slot.isClosed && slot.bookingMode !== 'ON_DEMAND'
  return isOpen ? [] : refuse('SLOT_CLOSED', 'CHOOSE_OTHER_TIME', `slot/${slot.slotId}`)
}

/** The slot, where it is one of the inmate's facility. */
export function ownSlot({ slot, inmate }: KnownFacts): SlotFact | null {
  return slot?.facilityId === inmate.facility.facilityId ? slot : null
}

/** BK-7. The slot is for the inmate's wing. */
export const slotIsForInmate: Rule = (facts) => {
  const slot = ownSlot(facts)
  if (slot === null) return 'NOT_CHECKED'
  const isForAll = slot.wings.length === 0
  if (isForAll || slot.wings.includes(facts.inmate.wing)) return []
  return refuse('SLOT_NOT_FOR_INMATE', 'CHOOSE_OTHER_TIME', `slot/${slot.slotId}`)
}

/** BK-8. Neither too soon nor too far ahead; lawyers and staff need give no notice. */
export const slotIsInWindow: Rule = (facts): Finding => {
  const slot = ownSlot(facts)
  if (slot === null) return 'NOT_CHECKED'
  const { noticeMs, horizonMs } = facts.inmate.facility.policy
  const needsNotice = facts.visitClass !== 'privileged' && !facts.isBookedByStaff
  const aheadMs = slot.startsAt.getTime() - facts.now.getTime()
  if (aheadMs <= 0 || (needsNotice && aheadMs < noticeMs)) {
    return refuse('TOO_SOON', 'CHOOSE_OTHER_TIME', 'policy/noticeMs')
  }
  if (aheadMs <= horizonMs) return []
  const liftsAt = new Date(slot.startsAt.getTime() - horizonMs)
  const because = 'policy/horizonMs'
  return [{ code: 'TOO_FAR_AHEAD', nextStep: 'WAIT_UNTIL_LIFTED', liftsAt, because }]
}

/** BK-7. Estate, facility and wing are not closed then; terminals and rooms are counted with the places. */
export const nothingIsBlackedOut: Rule = ({ during, blackouts }) => {
  if (during === null) return 'NOT_CHECKED'
  return blackouts
    .filter(({ scope }) => scope !== 'LINK_CENTRE')
    .map(({ blackoutId, endsAt }) => ({
      code: 'BLACKED_OUT',
      nextStep: 'CHOOSE_OTHER_TIME',
      because: `blackout/${blackoutId}`,
      liftsAt: endsAt,
    }))
}

/** Where somebody sits in a link centre, it is one of this estate and open for the whole visit. */
export const linkCentreIsOpen: Rule = (facts) => {
  const { place, linkCentre, during, inmate } = facts
  if (place === 'HOME') return 'NOT_CHECKED'
  if (linkCentre?.estateId !== inmate.facility.estateId) {
    return refuse('LINK_CENTRE_CLOSED', 'CHOOSE_OTHER_PLACE', 'no such link centre')
  }
  if (during === null || isOpenThen(linkCentre, during, facts.blackouts)) return []
  return refuse('LINK_CENTRE_CLOSED', 'CHOOSE_OTHER_TIME', `link-centre/${linkCentre.linkCentreId}`)
}

function isOpenThen(
  { openingHours, timeZone }: LinkCentreFact,
  during: Stretch,
  blackouts: readonly BlackoutFact[],
): boolean {
  if (blackouts.some(({ scope }) => scope === 'LINK_CENTRE')) return false
  const start = DateTime.fromJSDate(during.startsAt, { zone: timeZone })
  const end = DateTime.fromJSDate(during.endsAt, { zone: timeZone })
  const fromMinute = minuteOf(start)
  // An end at midnight belongs to the day before.
  const dayOfEnd = end.minus({ milliseconds: 1 })
  const toMinute = minuteOf(dayOfEnd) + 1
  if (!dayOfEnd.hasSame(start, 'day')) return false
  const hours = openingHours[String(start.weekday)] ?? []
  return hours.some((open) => open.fromMinute <= fromMinute && toMinute <= open.toMinute)
}

function minuteOf(local: DateTime): number {
  return local.hour * 60 + local.minute
}

/** BK-1. The inmate has no other visit then. */
export const inmateIsFree: Rule = ({ during, busyIds, inmate }) => {
  if (during === null) return 'NOT_CHECKED'
  if (!busyIds.includes(inmate.inmateId)) return []
  return refuse('INMATE_BUSY', 'CHOOSE_OTHER_TIME', `claim/${inmate.inmateId}`)
}

/** BK-1. Nor has any of the visitors. */
export const visitorsAreFree: Rule = ({ during, busyIds, visitors }) => {
  if (during === null) return 'NOT_CHECKED'
  return visitors
    .filter(({ visitorId }) => busyIds.includes(visitorId))
    .map(({ visitorId }) => ({
      code: 'VISITOR_BUSY',
      nextStep: 'CHOOSE_OTHER_TIME',
      because: `claim/${visitorId}`,
      visitorId,
    }))
}

/** BK-10. There is a place in the slot, and a thing of each kind that a visit takes. */
export const placeIsFree: Rule = (facts) => {
  const slot = ownSlot(facts)
  if (slot === null || facts.free === null) return 'NOT_CHECKED'
  const { terminals, monitorSeats, escorts, rooms } = facts.free
  const left = { places: slot.capacity - slot.used, terminals, monitorSeats, escorts, rooms }
  const missing = Object.entries(left).find(([, count]) => count !== null && count <= 0)
  if (missing === undefined) return []
  return refuse('NO_PLACE', 'JOIN_WAITING_LIST', `no ${missing[0]} left`)
}
