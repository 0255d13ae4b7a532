import { DateTime } from 'luxon'
import { isOfAge } from '@visavis/contract/coming-of-age'
import type { bookingRoutes } from '@visavis/contract/http'
import { leadAgeUnder } from '@visavis/contract/limits'
import type { VisitClass } from '@visavis/contract/media-policy'
import { firstNameOf, fullNameOf } from '@visavis/contract/person-names'
import type { z } from 'zod'
import type { Clock } from '@visavis/platform/clock'
import type { Tx } from '../../platform/transact.ts'
import { quotaView } from '../ledger/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { FacilityRules, Policy } from '../policy/index.ts'
import type { BookableRow, bookableInmatesRepo } from './bookable-inmates.repo.ts'

export type BookableDeps = {
  readonly people: typeof bookableInmatesRepo
  readonly policy: Policy
  readonly ledger: Ledger
  readonly clock: Clock
}
type Bookable = z.input<(typeof bookingRoutes)['bookableInmates']['reply']>['inmates'][number]

/** Whom a visitor may visit, with whom, and how often still. */
export async function bookableInmates(
  tx: Tx,
  visitorId: string,
  deps: BookableDeps,
): Promise<Bookable[]> {
  const now = deps.clock.now()
  const rows = await deps.people.ofVisitor(tx, visitorId, now)
  return Promise.all(
    rows.map(async (row) => {
      const rules = await deps.policy.ofFacility(tx, row.facilityId)
      const quota = quotaView(await deps.ledger.quotaOf(tx, row.inmateId))
      return { ...bookable(row, { rules, visitorId, now }), quota }
    }),
  )
}

type Given = { readonly rules: FacilityRules; readonly visitorId: string; readonly now: Date }

function bookable(row: BookableRow, { rules, visitorId, now }: Given): Omit<Bookable, 'quota'> {
  const { policy, limits, timeZone } = rules
  const age = leadAgeUnder(rules)
  const today = DateTime.fromJSDate(now, { zone: timeZone }).toISODate() ?? ''
  return {
    inmateId: row.inmateId,
    displayName: firstNameOf(row.inmate),
    facility: { facilityId: row.facilityId, name: row.facilityName, timeZone: row.timeZone },
    classes: classesOf(row),
    maxVisitors: Math.min(policy.maxVisitors, limits.maxPeople ?? policy.maxVisitors),
    companions: row.companions.map((companion) => ({
      visitorId: companion.visitorId,
      displayName: firstNameOf(companion),
      isAdult: isOfAge(companion.birthDate, age, today),
    })),
    you: { visitorId, displayName: fullNameOf(row.you) },
  }
}

/** A profession counts when it is verified, and then it is why somebody comes. */
function classesOf({ kind, isVerifiedProfessional }: BookableRow): VisitClass[] {
  if (kind !== 'LAWYER' && kind !== 'OFFICIAL') return ['social']
  if (!isVerifiedProfessional) return []
  return kind === 'LAWYER' ? ['privileged', 'official'] : ['official']
}
