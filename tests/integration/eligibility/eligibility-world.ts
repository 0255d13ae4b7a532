import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import type { Database, FacilityPolicy, Prisma } from '@visavis/prisma'
import {
  insertEscort,
  insertInmate,
  insertRelationship,
  insertSlot,
  insertSmallWorld,
  insertVisitor,
} from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { createAudit } from '../../../server/src/modules/audit/index.ts'
import type { EligibilityAsk } from '../../../server/src/modules/eligibility/index.ts'
import { createEligibilityService } from '../../../server/src/modules/eligibility/eligibility.service.ts'
import { recheckVisits } from '../../../server/src/modules/eligibility/recheck.service.ts'
import { ledgerRepo } from '../../../server/src/modules/ledger/ledger.repo.ts'
import { createLedgerService } from '../../../server/src/modules/ledger/ledger.service.ts'
import { createPolicy } from '../../../server/src/modules/policy/index.ts'
import { createTasks } from '../../../server/src/modules/tasks/index.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { movableClock } from '../rest/support/movable-clock.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
/** Noon of a Wednesday in Krasnoyarsk, where the facilities stand, and far from the end of a month. */
export const NOW = new Date('2027-03-10T05:00:00Z')

/** Yesterday: what began then has begun. */
export const BEFORE = new Date(NOW.getTime() - DAY_MS)

export type EligibilityWorld = Awaited<ReturnType<typeof anEligibilityWorld>>
export type Case = Awaited<ReturnType<EligibilityWorld['aCase']>>

/** Eligibility on a database of its own, with a clock that a test moves. */
export async function anEligibilityWorld() {
  const { db, drop } = await createTestDatabase()
  const clock = movableClock(NOW)
  const policy = createPolicy(db, clock)
  const ledger = createLedgerService({ repo: ledgerRepo, policy, clock })
  const eligibility = createEligibilityService({ clock, policy, ledger })
  const deps = { db, audit: createAudit(clock), tasks: createTasks({ clock }) }
  return {
    db,
    drop,
    clock,
    eligibility,
    policy,
    aCase: () => aCase(db),
    recheck: () =>
      recheckVisits(clock.now(), {
        ...deps,
        transact: createTransact(db),
        assess: eligibility.assess,
      }),
  }
}

/** A facility of its own with a slot in three days, and a visitor who may book it. */
async function aCase(db: Database) {
  const small = await insertSmallWorld(db)
  const { facilityId } = small.facility
  const slot = await insertSlot(db, { facilityId, startsAt: daysAhead(3) })
  await insertEscort(db, { facilityId })
  const { inmateId } = small.inmate
  const { visitorId } = small.visitor
  const ask: EligibilityAsk = {
    at: 'HOLD',
    inmateId,
    visitorIds: [visitorId],
    place: 'HOME',
    slotId: slot.slotId,
    askedBy: visitorId,
  }
  return {
    ...small,
    db,
    facilityId,
    slot,
    inmateId,
    visitorId,
    terminalId: small.terminal.terminalId,
    estateId: small.estate.estateId,
    relationshipId: small.relationship.relationshipId,
    ask,
    /** A companion whom everybody approved. */
    aCompanion: async (given: Partial<Prisma.VisitorUncheckedCreateInput> = {}) => {
      const companion = await insertVisitor(db, given)
      await insertRelationship(db, { visitorId: companion.visitorId, inmateId })
      return companion.visitorId
    },
    anotherInmate: (given: object = {}) => insertInmate(db, { facilityId, ...given }),
    setPolicy: (changes: Partial<FacilityPolicy>) =>
      db.facility.update({
        where: { facilityId },
        data: { policy: { ...DEFAULT_FACILITY_POLICY, ...changes } },
      }),
    setFacility: (data: Prisma.FacilityUncheckedUpdateInput) =>
      db.facility.update({ where: { facilityId }, data }),
    setRelationship: (data: Prisma.RelationshipUncheckedUpdateInput) =>
      db.relationship.update({
        where: { relationshipId: small.relationship.relationshipId },
        data,
      }),
  }
}

/** That many days from now, at the same hour. */
export function daysAhead(days: number): Date {
  return new Date(NOW.getTime() + days * DAY_MS)
}
