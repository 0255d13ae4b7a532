import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ELIGIBILITY_CHECKS } from '@visavis/contract/eligibility'
import { ERROR_STATUS } from '@visavis/contract/errors'
import type { Limits } from '@visavis/contract/limits'
import { VISIT_CLASSES } from '@visavis/contract/media-policy'
import type { EligibilityFacts, RestrictionFact, VisitorFact } from './eligibility-facts.ts'
import { judge } from './eligibility-rules.ts'
import { publicReport, staffReport } from './telling-rules.ts'

const NOW = new Date('2027-03-10T05:00:00Z')
const DAY_MS = 86_400_000
const days = (count: number) => new Date(NOW.getTime() + count * DAY_MS)
const INMATE = '00000000-0000-4000-8000-000000000000'
const FACILITY = '00000000-0000-4000-8000-0000000000f0'
const visitorIdOf = (index: number) => `00000000-0000-4000-8000-00000000000${index + 1}`

const instant = fc.integer({ min: -40, max: 40 }).map(days)
const STATES = ['REQUESTED', 'APPROVED', 'REJECTED', 'SUSPENDED', 'BANNED', 'ENDED'] as const

const aRelationship = fc.record({
  relationshipId: fc.uuid(),
  kind: fc.constantFrom('SIBLING', 'LAWYER', 'OFFICIAL'),
  state: fc.oneof(
    { arbitrary: fc.constant('APPROVED' as const), weight: 4 },
    fc.constantFrom(...STATES),
  ),
  isFacilityApproved: fc.boolean(),
  isInmateApproved: fc.boolean(),
  until: fc.option(instant),
})
const SUBMITTED = ['MISSING', 'SUBMITTED', 'VERIFIED', 'REJECTED'] as const
const aProfessional = fc.record({
  state: fc.constantFrom(...SUBMITTED),
  validUntil: fc.option(instant),
})
const aVisitor = (index: number) =>
  fc.record({
    visitorId: fc.constant(visitorIdOf(index)),
    verification: fc.oneof(
      { arbitrary: fc.constant('VERIFIED' as const), weight: 4 },
      fc.constantFrom(...SUBMITTED),
    ),
    birthDate: fc.constantFrom('1980-02-29', '2009-03-13', '2015-07-01', null),
    hasConsent: fc.integer({ min: 0, max: 5 }).map((nth) => nth > 0),
    relationship: fc.option(aRelationship, { freq: 6 }),
    professional: fc.option(aProfessional),
  })
const visitors = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => aVisitor(index))))

const someVisitorId = fc.integer({ min: 0, max: 4 }).map(visitorIdOf)
const aRestriction: fc.Arbitrary<RestrictionFact> = fc
  .record({
    restrictionId: fc.uuid(),
    facilityId: fc.constantFrom(FACILITY, 'elsewhere'),
    kind: fc.constantFrom('NO_CONTACT', 'BAN', 'CHILD_PROTECTION', 'CLOSED_ONLY'),
    source: fc.constantFrom('COURT', 'FACILITY'),
    visitorId: someVisitorId,
    inmateId: fc.constant(INMATE),
    startsAt: instant,
    endsAt: fc.option(instant),
    overrides: fc.array(fc.record({ visitorId: someVisitorId, expiresAt: instant }), {
      maxLength: 2,
    }),
  })
  .map((row) => ({
    ...row,
    visitorId: ['NO_CONTACT', 'BAN'].includes(row.kind) ? row.visitorId : null,
    inmateId: row.kind === 'BAN' ? null : row.inmateId,
  }))

const during = instant.map((startsAt) => ({
  startsAt,
  endsAt: new Date(startsAt.getTime() + 1_800_000),
}))
const classes = fc.constantFrom(...VISIT_CLASSES)

const anInmate = fc.record({
  inmateId: fc.constant(INMATE),
  wing: fc.constantFrom('A', 'B'),
  custody: fc.constantFrom('IN_CUSTODY', 'IN_CUSTODY', 'RELEASED'),
  facility: fc.record({
    facilityId: fc.constant(FACILITY),
    estateId: fc.constant('estate'),
    timeZone: fc.constantFrom('Asia/Krasnoyarsk', 'America/New_York', 'Europe/Berlin'),
    jurisdiction: fc.constant('GB-EAW'),
    registerSeenAt: fc.option(instant),
    policy: fc.record({
      maxVisitors: fc.integer({ min: 1, max: 6 }),
      adultAge: fc.constantFrom(16, 18),
      noticeMs: fc.constantFrom(0, 2 * DAY_MS),
      horizonMs: fc.constant(28 * DAY_MS),
      registerMaxAgeMs: fc.option(fc.constant(DAY_MS)),
    }),
    limits: fc.constantFrom<Limits>(
      {},
      { maxPeople: 2 },
      { visitsPerMonth: 1 },
      { maxVisitMinutes: 15 },
    ),
  }),
})

const anyFacts: fc.Arbitrary<EligibilityFacts> = fc
  .record({
    at: fc.constantFrom('EXPLAIN', 'HOLD', 'CONFIRM', 'RECHECK', 'JOIN'),
    now: fc.constant(NOW),
    visitClass: classes,
    place: fc.constantFrom('HOME', 'LINK_CENTRE'),
    isBookedByStaff: fc.boolean(),
    inmate: fc.option(anInmate, { freq: 10 }),
    visitors,
    during: fc.option(during),
    restrictions: fc.array(aRestriction, { maxLength: 3 }),
    nonAssociations: fc.array(fc.record({ nonAssociationId: fc.uuid() }), { maxLength: 1 }),
    suspensions: fc.array(
      fc.record({ suspensionId: fc.uuid(), classes: fc.array(classes), startsAt: instant }),
      { maxLength: 1 },
    ),
    blackouts: fc.constant<EligibilityFacts['blackouts']>([]),
    linkCentre: fc.constant(null),
    diary: fc.array(during, { maxLength: 2 }),
    busyIds: fc.subarray([INMATE, visitorIdOf(0), visitorIdOf(1)], { maxLength: 1 }),
    quota: fc.option(
      fc.record({
        left: fc.option(fc.integer({ min: 0, max: 2 })),
        renewsAt: fc.option(instant),
        creditMs: fc.constantFrom(0, DAY_MS),
      }),
    ),
    free: fc.constant(null),
  })
  .chain((facts) =>
    fc.option(aSlot(facts.during), { nil: undefined }).map((slot) => ({ ...facts, slot })),
  )

function aSlot(stretch: { startsAt: Date; endsAt: Date } | null) {
  return fc.record({
    slotId: fc.uuid(),
    facilityId: fc.constantFrom(FACILITY, FACILITY, 'elsewhere'),
    startsAt: fc.constant(stretch?.startsAt ?? NOW),
    endsAt: fc.constant(stretch?.endsAt ?? NOW),
    visitClass: fc.constant('social' as const),
    bookingMode: fc.constantFrom('INSTANT', 'APPROVAL', 'ON_DEMAND'),
    capacity: fc.constant(3),
    wings: fc.constantFrom<string[]>([], ['A']),
    isClosed: fc.boolean(),
    used: fc.constant(0),
  })
}

const RANK = { MAY: 0, ASK: 1, MAY_NOT: 2 }
const asker = fc.constantFrom(visitorIdOf(0), null)
const tell = (facts: EligibilityFacts, askedBy: string | null = visitorIdOf(0)) =>
  publicReport(judge(facts), { ...facts, askedBy })

describe('judge', () => {
  it('[EL-8] answers every check once at least, in order, and each refusal with a code and a next step', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const judged = judge(facts)
        const checks = [...new Set(judged.map(({ check }) => check))]
        expect(checks).toEqual([...ELIGIBILITY_CHECKS])
        for (const { verdict, code, nextStep, because } of judged) {
          if (verdict !== 'REFUSED') {
            expect(code).toBeNull()
            continue
          }
          expect(Object.keys(ERROR_STATUS)).toContain(code)
          expect(nextStep).not.toBeNull()
          expect(because !== null || facts.inmate === null).toBe(true)
        }
      }),
    )
  })

  it('[EL-4] is never made milder by one more restriction', () => {
    fc.assert(
      fc.property(anyFacts, aRestriction, (facts, restriction) => {
        const before = staffReport(judge(facts)).verdict
        const restricted = { ...facts, restrictions: [...facts.restrictions, restriction] }
        const after = staffReport(judge(restricted)).verdict
        expect(RANK[after]).toBeGreaterThanOrEqual(RANK[before])
      }),
    )
  })

  it('[EL-7] does not ask in which order the visitors were named', () => {
    fc.assert(
      fc.property(anyFacts, asker, (facts, askedBy) => {
        const reversed = { ...facts, visitors: facts.visitors.toReversed() }
        const lines = (given: EligibilityFacts) =>
          tell(given, askedBy)
            .checks.map((line) => JSON.stringify(line))
            .toSorted()
        expect(lines(reversed)).toEqual(lines(facts))
        expect(staffReport(judge(reversed)).verdict).toBe(staffReport(judge(facts)).verdict)
      }),
    )
  })

  it('[EL-5] lets an exception lift the facility’s own restriction, and never a court’s', () => {
    const kinds = fc.constantFrom('NO_CONTACT' as const, 'BAN' as const)
    fc.assert(
      fc.property(anyFacts, anInmate, kinds, (facts, inmate, kind) => {
        const visitorId = visitorIdOf(0)
        const verdictOf = (source: RestrictionFact['source']) => {
          const restriction: RestrictionFact = {
            restrictionId: 'restriction',
            facilityId: FACILITY,
            kind,
            source,
            visitorId,
            inmateId: kind === 'BAN' ? null : INMATE,
            startsAt: days(-90),
            endsAt: null,
            overrides: [{ visitorId, expiresAt: days(90) }],
          }
          const judged = judge({ ...facts, inmate, restrictions: [restriction] })
          return judged.find(({ check }) => check === 'RESTRICTION')?.verdict
        }
        expect([verdictOf('FACILITY'), verdictOf('COURT')]).toEqual(['PASSED', 'REFUSED'])
      }),
    )
  })
})

describe('the public answer', () => {
  it('[EL-8] comes to the same verdict as the true one', () => {
    fc.assert(
      fc.property(anyFacts, asker, (facts, askedBy) => {
        expect(tell(facts, askedBy).verdict).toBe(staffReport(judge(facts)).verdict)
      }),
    )
  })

  it('[EL-8] has no ids but those of the visitors asked about, and no reason of ours', () => {
    fc.assert(
      fc.property(anyFacts, asker, (facts, askedBy) => {
        const asked = facts.visitors.map(({ visitorId }) => visitorId)
        const text = JSON.stringify(tell(facts, askedBy))
        const ids = text.match(/[\da-f]{8}-[\da-f-]{27}/g) ?? []
        expect(ids.filter((id) => !asked.includes(id))).toEqual([])
        expect(text).not.toContain('because')
      }),
    )
  })

  it('[EL-8] says the same whatever is wrong with another visitor’s papers or bond', () => {
    const spoilt: Partial<VisitorFact>[] = [
      { verification: 'MISSING' },
      { relationship: null },
      { hasConsent: false },
      { birthDate: '1970-01-01', verification: 'REJECTED', relationship: null },
    ]
    fc.assert(
      fc.property(anyFacts, aVisitor(1), (facts, companion) => {
        const mine = facts.visitors.slice(0, 1)
        const told = spoilt.map((change) => {
          const other = { ...companion, birthDate: '1970-01-01', ...change }
          const { checks } = tell({ ...facts, restrictions: [], visitors: [...mine, other] })
          return checks.filter(({ visitorId }) => visitorId === other.visitorId)
        })
        expect(told[1]).toEqual(told[0])
        expect(told[2]).toEqual(told[0])
        expect(told[3]).toEqual(told[0])
      }),
    )
  })

  it('[EL-2] says of an inmate who is here to a stranger what it says of nobody', () => {
    const strange = fc.option(aRelationship.map((row) => ({ ...row, state: 'ENDED' as const })))
    fc.assert(
      fc.property(anyFacts, strange, (facts, relationship) => {
        const [me, ...others] = facts.visitors as [VisitorFact, ...VisitorFact[]]
        const asked = { ...facts, visitors: [{ ...me, relationship }, ...others] }
        expect(tell(asked)).toEqual(tell({ ...asked, inmate: null }))
      }),
    )
  })

  it('[EL-8] names nobody where it is about contact', () => {
    fc.assert(
      fc.property(anyFacts, asker, (facts, askedBy) => {
        const about = ['RESTRICTION', 'NON_ASSOCIATION']
        const lines = tell(facts, askedBy).checks.filter(({ check }) => about.includes(check))
        expect(lines.map(({ visitorId }) => visitorId)).toEqual([null, null])
      }),
    )
  })
})
