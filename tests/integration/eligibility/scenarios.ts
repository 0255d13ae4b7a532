import type { EligibilityCheck, NextStep } from '@visavis/contract/eligibility'
import type { ErrorCode } from '@visavis/contract/errors'
import { newId } from '@visavis/prisma'
import {
  insertBlackout,
  insertLinkCentre,
  insertNonAssociation,
  insertRestriction,
  insertSlot,
  insertSuspension,
  insertVisit,
} from '@visavis/prisma/seed'
import type { EligibilityAsk } from '../../../server/src/modules/eligibility/index.ts'
import { BEFORE, daysAhead } from './eligibility-world.ts'
import type { Case } from './eligibility-world.ts'

/** One thing in the way, and how it is told. */
export type Scenario = {
  readonly code: ErrorCode
  readonly check: EligibilityCheck
  readonly nextStep: NextStep
  readonly when: string
  /** Changes the case, and how it is asked. */
  readonly make: (given: Case) => Promise<Partial<EligibilityAsk>>
  readonly liftsAt?: Date
}

/** Every refusal that eligibility knows. */
export const scenarios: readonly Scenario[] = [
  {
    code: 'VISITOR_NOT_VERIFIED',
    check: 'VISITOR_VERIFIED',
    nextStep: 'WAIT_FOR_FACILITY',
    when: 'staff have not looked at the documents yet',
    make: async ({ db, visitorId }) => {
      const data = { verification: 'SUBMITTED', verifiedAt: null } as const
      await db.visitor.update({ where: { visitorId }, data })
      return {}
    },
  },
  {
    code: 'RELATIONSHIP_MISSING',
    check: 'RELATIONSHIP',
    nextStep: 'REQUEST_RELATIONSHIP',
    when: 'the relationship has ended',
    make: async ({ setRelationship }) => {
      await setRelationship({ state: 'ENDED' })
      return {}
    },
  },
  {
    code: 'RELATIONSHIP_PENDING',
    check: 'RELATIONSHIP',
    nextStep: 'WAIT_FOR_INMATE',
    when: 'the inmate has not said yes yet',
    make: async ({ setRelationship }) => {
      await setRelationship({ state: 'REQUESTED', inmateApprovedAt: null })
      return {}
    },
  },
  {
    code: 'RELATIONSHIP_SUSPENDED',
    check: 'RELATIONSHIP',
    nextStep: 'WAIT_UNTIL_LIFTED',
    when: 'the facility has suspended it until a day',
    make: async ({ setRelationship }) => {
      await setRelationship({ state: 'SUSPENDED', until: daysAhead(9), reason: 'x' })
      return {}
    },
    liftsAt: daysAhead(9),
  },
  {
    code: 'RELATIONSHIP_BANNED',
    check: 'RELATIONSHIP',
    nextStep: 'ASK_FACILITY',
    when: 'the facility has banned it for ever',
    make: async ({ setRelationship }) => {
      await setRelationship({ state: 'BANNED', until: null, reason: 'x' })
      return {}
    },
  },
  {
    code: 'PROFESSIONAL_REQUIRED',
    check: 'PROFESSIONAL',
    nextStep: 'REGISTER_AS_PROFESSIONAL',
    when: 'a sister asks for a privileged visit',
    make: async ({ db, facilityId }) => {
      const slot = { facilityId, startsAt: daysAhead(3), visitClass: 'privileged' as const }
      return { slotId: (await insertSlot(db, slot)).slotId }
    },
  },
  {
    code: 'INMATE_NOT_AVAILABLE',
    check: 'CUSTODY',
    nextStep: 'ASK_FACILITY',
    when: 'the inmate was released',
    make: async ({ db, inmateId }) => {
      const data = { custody: 'RELEASED', custodyAt: BEFORE } as const
      await db.inmate.update({ where: { inmateId }, data })
      return {}
    },
  },
  {
    code: 'TOO_MANY_VISITORS',
    check: 'PARTY_SIZE',
    nextStep: 'CHOOSE_FEWER_PEOPLE',
    when: 'two come where one may',
    make: async ({ setPolicy, aCompanion, visitorId }) => {
      await setPolicy({ maxVisitors: 1 })
      return { visitorIds: [visitorId, await aCompanion()] }
    },
  },
  {
    code: 'ADULT_REQUIRED',
    check: 'ADULT',
    nextStep: 'BRING_ADULT',
    when: 'a boy comes alone',
    make: async ({ db, visitorId }) => {
      const birthDate = '2010-06-01'
      await db.visitor.update({ where: { visitorId }, data: { birthDate } })
      return {}
    },
    // Midnight of the eighteenth birthday in Krasnoyarsk.
    liftsAt: new Date('2028-05-31T17:00:00Z'),
  },
  {
    code: 'RESTRICTED',
    check: 'RESTRICTION',
    nextStep: 'WAIT_UNTIL_LIFTED',
    when: 'a court has forbidden contact until a day',
    make: async ({ db, facilityId, visitorId, inmateId }) => {
      const people = { visitorId, inmateId, source: 'COURT' as const, startsAt: BEFORE }
      await insertRestriction(db, { facilityId, ...people, endsAt: daysAhead(30) })
      return {}
    },
    liftsAt: daysAhead(30),
  },
  {
    code: 'NOT_TOGETHER',
    check: 'NON_ASSOCIATION',
    nextStep: 'ASK_FACILITY',
    when: 'two of the visitors are to be kept apart',
    make: async ({ db, facilityId, visitorId, aCompanion }) => {
      const other = await aCompanion()
      const people = [
        { kind: 'VISITOR', personId: other },
        { kind: 'VISITOR', personId: visitorId },
      ] as const
      await insertNonAssociation(db, { facilityId, people })
      return { visitorIds: [visitorId, other] }
    },
  },
  {
    code: 'VISITS_SUSPENDED',
    check: 'SUSPENSION',
    nextStep: 'WAIT_UNTIL_LIFTED',
    when: 'the estate has stopped social visits',
    make: async ({ db, estateId }) => {
      await insertSuspension(db, {
        scope: 'ESTATE',
        estateId,
        startsAt: BEFORE,
        reviewAt: daysAhead(60),
      })
      return {}
    },
  },
  {
    code: 'SLOT_NOT_FOUND',
    check: 'SLOT_OPEN',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'nobody knows the slot',
    make: async () => ({ slotId: newId() }),
  },
  {
    code: 'SLOT_CLOSED',
    check: 'SLOT_OPEN',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'the slot was taken out of the timetable',
    make: async ({ db, slot: { slotId } }) => {
      await db.slot.update({ where: { slotId }, data: { closedAt: BEFORE } })
      return {}
    },
  },
  {
    code: 'SLOT_NOT_FOR_INMATE',
    check: 'SLOT_GROUP',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'the slot is for another wing',
    make: async ({ db, slot: { slotId } }) => {
      await db.slot.update({ where: { slotId }, data: { wings: ['Z'] } })
      return {}
    },
  },
  {
    code: 'TOO_SOON',
    check: 'BOOKING_WINDOW',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'the slot is tomorrow',
    make: async ({ db, facilityId }) => {
      const { slotId } = await insertSlot(db, { facilityId, startsAt: daysAhead(1) })
      return { slotId }
    },
  },
  {
    code: 'TOO_FAR_AHEAD',
    check: 'BOOKING_WINDOW',
    nextStep: 'WAIT_UNTIL_LIFTED',
    when: 'the slot is five weeks ahead',
    make: async ({ db, facilityId }) => {
      const { slotId } = await insertSlot(db, { facilityId, startsAt: daysAhead(35) })
      return { slotId }
    },
    liftsAt: daysAhead(7),
  },
  {
    code: 'BLACKED_OUT',
    check: 'BLACKOUT',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'the wing is closed then',
    make: async ({ db, facilityId }) => {
      const [startsAt, endsAt] = [daysAhead(2), daysAhead(4)]
      const place = { scope: 'WING', facilityId, wing: 'A' } as const
      await insertBlackout(db, { ...place, startsAt, endsAt })
      return {}
    },
    liftsAt: daysAhead(4),
  },
  {
    code: 'LEGAL_LIMIT',
    check: 'LEGAL_LIMIT',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'Scotland gives one visit a month and it is taken',
    make: async ({ db, setFacility, facilityId, inmateId, terminalId }) => {
      await setFacility({ jurisdiction: 'GB-SCT' })
      const startsAt = daysAhead(10)
      await insertVisit(db, { facilityId, inmateId, terminalId, visitorIds: [], startsAt })
      return {}
    },
    liftsAt: new Date('2027-03-31T17:00:00Z'),
  },
  {
    code: 'QUOTA_USED',
    check: 'QUOTA',
    nextStep: 'WAIT_UNTIL_LIFTED',
    when: 'the month has no visits',
    make: async ({ setPolicy }) => {
      await setPolicy({ quota: { visits: 0, period: 'MONTH' } })
      return {}
    },
    liftsAt: new Date('2027-03-31T17:00:00Z'),
  },
  {
    code: 'LINK_CENTRE_CLOSED',
    check: 'LINK_CENTRE_OPEN',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'the link centre does not open on that day',
    make: async ({ db, estateId }) => {
      const given = { estateId, timeZone: 'Asia/Krasnoyarsk', openingHours: {} }
      const { linkCentreId } = await insertLinkCentre(db, given)
      return { place: 'LINK_CENTRE', linkCentreId }
    },
  },
  {
    code: 'INMATE_BUSY',
    check: 'INMATE_FREE',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'the inmate has another visit then',
    make: async ({ db, facilityId, inmateId, terminalId, slot: { startsAt } }) => {
      await insertVisit(db, { facilityId, inmateId, terminalId, visitorIds: [], startsAt })
      return {}
    },
  },
  {
    code: 'VISITOR_BUSY',
    check: 'VISITORS_FREE',
    nextStep: 'CHOOSE_OTHER_TIME',
    when: 'the visitor sees somebody else then',
    make: async ({ db, anotherInmate, facilityId, terminalId, visitorId, slot: { startsAt } }) => {
      const { inmateId } = await anotherInmate()
      const visitorIds = [visitorId]
      await insertVisit(db, { facilityId, inmateId, terminalId, visitorIds, startsAt })
      return {}
    },
  },
  {
    code: 'NO_PLACE',
    check: 'CAPACITY',
    nextStep: 'JOIN_WAITING_LIST',
    when: 'the only terminal is taken',
    make: async ({ db, anotherInmate, facilityId, terminalId, slot: { startsAt } }) => {
      const { inmateId } = await anotherInmate()
      await insertVisit(db, { facilityId, inmateId, terminalId, visitorIds: [], startsAt })
      return { at: 'EXPLAIN' }
    },
  },
]
