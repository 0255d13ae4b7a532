import { DateTime } from 'luxon'
import { Refusal } from '@visavis/contract/errors'
import type { Limits } from '@visavis/contract/limits'
import { systemClock } from '@visavis/platform/clock'
import type { Clock } from '@visavis/platform/clock'
import type { Database, Tx } from '@visavis/prisma'
import { limitsAt } from './limit-rules.ts'
import { facilityRowOf, policyRepo } from './policy.repo.ts'
import type { FacilityRow } from './policy.repo.ts'

/** What binds a facility: its own policy and the law, which is the stricter of the two where they differ. */
export type FacilityRules = FacilityRow & {
  /** The law as it is now. */
  readonly limits: Limits
  /** The law as it will be, or was, on the local day of an instant: that of a visit. */
  readonly limitsAt: (instant: Date) => Limits
}

/** The rules of facilities, read anew each time: a change counts from the next question on. */
export type Policy = {
  /** Throws `NOT_FOUND`. */
  readonly ofFacility: (on: Tx | Database, facilityId: string) => Promise<FacilityRules>
  /** The rules in what another statement of this moment has read with `facilitySql`. */
  readonly asRead: (on: Tx | Database, stored: unknown) => FacilityRules
  /** The facilities of that name; names are unique within an estate only. */
  readonly ofName: (name: string) => Promise<FacilityRules[]>
  readonly facilityNames: () => Promise<string[]>
}

/** The policy module. */
export function createPolicy(db: Database, clock: Clock = systemClock): Policy {
  const read = async (on: Tx | Database, facilityId: string): Promise<FacilityRules> => {
    const row = await policyRepo.facility(on, facilityId)
    if (row === null) throw new Refusal('NOT_FOUND')
    return withLimits(row, clock.now())
  }
  const inTransactions = new WeakMap<object, Map<string, Promise<FacilityRules>>>()
  // Within a transaction all modules ask for the same facility: it is read once.
  const knownIn = (on: Tx | Database) => {
    const known = inTransactions.get(on) ?? new Map<string, Promise<FacilityRules>>()
    if (on !== db) inTransactions.set(on, known)
    return known
  }
  const ofFacility: Policy['ofFacility'] = (on, facilityId) => {
    const known = knownIn(on)
    const rules = known.get(facilityId) ?? read(on, facilityId)
    known.set(facilityId, rules)
    return rules
  }
  return {
    ofFacility,
    asRead: (on, stored) => {
      const rules = withLimits(facilityRowOf(stored), clock.now())
      knownIn(on).set(rules.facilityId, Promise.resolve(rules))
      return rules
    },
    ofName: async (name) => {
      const ids = await policyRepo.idsOfName(db, name)
      return Promise.all(ids.map((facilityId) => ofFacility(db, facilityId)))
    },
    facilityNames: () => policyRepo.names(db),
  }
}

function withLimits(row: FacilityRow, now: Date): FacilityRules {
  const at = (instant: Date): Limits => limitsAt(row.rules, localDate(instant, row.timeZone))
  return { ...row, limits: at(now), limitsAt: at }
}

function localDate(instant: Date, zone: string): string {
  return DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd')
}
