import { Fault } from '@visavis/contract/errors'
import type { Database, Tx } from '../../src/database.ts'
import { demoAccounts } from './demo-accounts.ts'
import { refreshEnrolmentCode } from './demo-codes.ts'
import { DEMO_FACILITIES, DEMO_INMATES } from './demo-data.ts'
import {
  type DemoVisitKind,
  ensureDemoVisit,
  ensureLinkCentreVisit,
  releaseEndedDemoVisits,
} from './demo-visits.ts'
import { insertDemoDesk } from './insert-demo-desk.ts'
import { insertDemoPeople } from './insert-demo-people.ts'
import { insertDemoPermission } from './insert-demo-permission.ts'
import { insertDemoShift } from './insert-demo-shift.ts'
import { insertDemoPlaces } from './insert-demo-places.ts'
import { describeVisit, type SeededTerminal, type SeededVisit, type SeedInfo } from './seed-info.ts'
import { stableId } from './stable-id.ts'

/** First run: some thirty argon2id hashes on a slow machine. */
const SEED_TIMEOUT_MS = 60_000

type SeedOptions = { readonly now: Date; readonly isProduction: boolean }

/**
 * Brings the demo into being, or up to date: missing rows are added, the two visits are renewed when
 * they are over, terminals that wait for a device get a new code. Seeding twice, or twice at once, is
 * harmless. Throws a Fault in production, whose people must not be invented ones (TR-6).
 */
export async function seedDemo(db: Database, options: SeedOptions): Promise<SeedInfo> {
  if (options.isProduction) {
    throw new Fault('demo data is refused in production\n  Unset NODE_ENV, or do not seed.')
  }
  return db.$transaction((tx) => seedWithin(tx, options.now), { timeout: SEED_TIMEOUT_MS })
}

async function seedWithin(tx: Tx, now: Date): Promise<SeedInfo> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('seed/demo', 0))`
  await insertDemoPlaces(tx, now)
  await insertDemoPeople(tx)
  await insertDemoPermission(tx, now)
  await releaseEndedDemoVisits(tx)
  const visits = await ensureVisits(tx, now)
  await ensureLinkCentreVisit(tx, now)
  await insertDemoDesk(tx, now)
  await insertDemoShift(tx, now)
  return {
    accounts: demoAccounts(),
    inmates: DEMO_INMATES.map((inmate) => ({
      inmateId: stableId(`inmate/${inmate.key}`),
      facility: nameOfFacility(inmate.facility),
      name: `${inmate.givenName} ${inmate.familyName}`,
      inmateNumber: inmate.inmateNumber,
      pin: inmate.pin,
    })),
    terminals: await refreshCodes(tx, { visits, now }),
    visits,
  }
}

function nameOfFacility(key: string): string {
  return DEMO_FACILITIES.find((facility) => facility.key === key)?.name ?? key
}

async function ensureVisits(tx: Tx, now: Date): Promise<SeededVisit[]> {
  const visits: SeededVisit[] = []
  for (const kind of ['now', 'soon'] satisfies DemoVisitKind[]) {
    const visitId = await ensureDemoVisit(tx, kind, now)
    if (visitId) visits.push(await describeVisit(tx, { visitId, kind }))
  }
  return visits
}

/** One terminal of each facility, and wherever a visit of the demo takes place. */
async function refreshCodes(
  tx: Tx,
  { visits, now }: { visits: readonly SeededVisit[]; now: Date },
): Promise<SeededTerminal[]> {
  const firstOnes = DEMO_FACILITIES.map(({ key, terminals }) =>
    stableId(`terminal/${key}/${terminals[0]?.name}`),
  )
  const terminalIds = new Set([...firstOnes, ...visits.map((visit) => visit.terminalId)])
  const rows = await tx.terminal.findMany({
    where: { terminalId: { in: [...terminalIds] } },
    include: { facility: { select: { name: true } } },
    orderBy: [{ facilityId: 'asc' }, { name: 'asc' }],
  })
  const terminals: SeededTerminal[] = []
  for (const { terminalId, name, wing, facility } of rows) {
    const enrolmentCode = await refreshEnrolmentCode(tx, { terminalId, now })
    terminals.push({ terminalId, facility: facility.name, name, wing, enrolmentCode })
  }
  return terminals
}
