import { DateTime } from 'luxon'
import type { Tx } from '../../src/database.ts'
import { DEFAULT_FACILITY_POLICY } from '../../src/facility-policy.ts'
import { aQuotaGrant, aTask } from '../builders/booking.ts'
import { aProfessional, aRelationshipRequest } from '../builders/permission.ts'
import { DEMO_PROFESSIONALS, DEMO_REQUESTS } from './demo-bonds.ts'
import { DEMO_FACILITIES, DEMO_INMATES, DEMO_VISITORS } from './demo-data.ts'
import { stableId } from './stable-id.ts'

/** The facility whose staff look at everybody who has just registered. */
const VERIFYING_FACILITY = 'krasnoyarsk'

/** Stores who wants to meet whom, what staff have to decide, and what may be booked with; where missing. */
export async function insertDemoPermission(tx: Tx, now: Date): Promise<void> {
  await tx.professional.createMany({ data: professionals(now), skipDuplicates: true })
  await tx.relationshipRequest.createMany({ data: requests(now), skipDuplicates: true })
  await tx.task.createMany({ data: tasks(now), skipDuplicates: true })
  await tx.quotaEntry.createMany({ data: quotaGrants(now), skipDuplicates: true })
}

function professionals(now: Date) {
  return DEMO_PROFESSIONALS.map(({ visitor, ...register }) =>
    aProfessional({
      visitorId: stableId(`visitor/${visitor}`),
      ...(register.state === 'VERIFIED'
        ? { verifiedBy: stableId('account/scheduler@krasnoyarsk.example.org'), verifiedAt: now }
        : { verifiedBy: null, verifiedAt: null }),
      ...register,
    }),
  )
}

const requestIdOf = (visitor: string, inmate: string) => stableId(`request/${visitor}/${inmate}`)

function requests(now: Date) {
  return DEMO_REQUESTS.map(({ visitor, inmate, facility, ...typed }) =>
    aRelationshipRequest({
      requestId: requestIdOf(visitor, inmate),
      visitorId: stableId(`visitor/${visitor}`),
      facilityId: stableId(`facility/${facility}`),
      matchedInmateId: stableId(`inmate/${inmate}`),
      createdAt: now,
      ...typed,
    }),
  )
}

function tasks(now: Date) {
  const due = {
    createdAt: now,
    dueAt: new Date(now.getTime() + DEFAULT_FACILITY_POLICY.approvalMs),
  }
  const decisions = DEMO_REQUESTS.map(({ visitor, inmate, facility }) =>
    aTask({
      taskId: stableId(`task/${visitor}/${inmate}`),
      facilityId: stableId(`facility/${facility}`),
      kind: 'DECIDE_RELATIONSHIP',
      visitorId: stableId(`visitor/${visitor}`),
      inmateId: stableId(`inmate/${inmate}`),
      subjectId: requestIdOf(visitor, inmate),
      ...due,
    }),
  )
  const submitted = DEMO_VISITORS.filter(({ verification }) => verification === 'SUBMITTED')
  const verifications = submitted.map(({ key }) =>
    aTask({
      taskId: stableId(`task/verify/${key}`),
      facilityId: stableId(`facility/${VERIFYING_FACILITY}`),
      kind: 'VERIFY_VISITOR',
      visitorId: stableId(`visitor/${key}`),
      subjectId: stableId(`visitor/${key}`),
      ...due,
    }),
  )
  return [...decisions, ...verifications]
}

/** This month's visits and the next one's, as the facility's own calendar counts them (BK-9). */
function quotaGrants(now: Date) {
  const zoneOf = new Map(DEMO_FACILITIES.map(({ key, timeZone }) => [key, timeZone]))
  return DEMO_INMATES.flatMap(({ key, facility }) => {
    const month = DateTime.fromJSDate(now, { zone: zoneOf.get(facility) ?? 'UTC' }).startOf('month')
    return [month, month.plus({ months: 1 })].map((start) => {
      const period = start.toFormat('yyyy-MM')
      return aQuotaGrant({
        entryId: stableId(`quota/${key}/${period}`),
        inmateId: stableId(`inmate/${key}`),
        units: DEFAULT_FACILITY_POLICY.quota.visits ?? 1,
        period,
        createdAt: now,
      })
    })
  })
}
