import { createAudit } from '../../../server/src/modules/audit/index.ts'
import { ledgerRepo } from '../../../server/src/modules/ledger/ledger.repo.ts'
import { createLedgerService } from '../../../server/src/modules/ledger/ledger.service.ts'
import { grantDue } from '../../../server/src/modules/ledger/quota-grants.service.ts'
import { createPolicy } from '../../../server/src/modules/policy/index.ts'
import { createTransact } from '../../../server/src/platform/transact.ts'
import { DEFAULT_FACILITY_POLICY } from '@visavis/prisma'
import type { FacilityPolicy, Prisma } from '@visavis/prisma'
import { insertInmate, insertSmallWorld, insertTerminal, insertVisit } from '@visavis/prisma/seed'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { movableClock } from '../rest/support/movable-clock.ts'

export const MINUTE_MS = 60_000
export const LENGTH_MS = 30 * MINUTE_MS
/** A Sunday in Krasnoyarsk, where the world's facility stands. */
export const START = new Date('2026-11-22T03:00:00Z')

export type LedgerWorld = Awaited<ReturnType<typeof aLedgerWorld>>

/** The ledgers on a database of their own, with one facility and a clock that a test moves. */
export async function aLedgerWorld() {
  const { db, drop } = await createTestDatabase()
  const clock = movableClock(START)
  const transact = createTransact(db)
  const deps = { repo: ledgerRepo, policy: createPolicy(db, clock), clock }
  const { facility } = await insertSmallWorld(db)
  const { facilityId } = facility
  const service = createLedgerService(deps)
  const anInmateId = async () => (await insertInmate(db, { facilityId })).inmateId
  /** A visit of its own terminal, so that nothing but the ledger can refuse it. */
  const aVisitOf = async (
    inmateId: string,
    given: Partial<Prisma.VisitUncheckedCreateInput> = {},
  ) => {
    const { terminalId } = await insertTerminal(db, { facilityId })
    const row = { facilityId, terminalId, visitorIds: [], bookingState: 'CANCELLED' as const }
    const { visit } = await insertVisit(db, { ...row, ...(given as object), inmateId })
    return visit.visitId
  }
  return {
    db,
    drop,
    clock,
    transact,
    facilityId,
    service,
    anInmateId,
    aVisitOf,
    setPolicy: (changes: Partial<FacilityPolicy>) =>
      db.facility.update({
        where: { facilityId },
        data: { policy: { ...DEFAULT_FACILITY_POLICY, ...changes } },
      }),
    grantDue: () => grantDue({ ...deps, db, transact, audit: createAudit(clock) }),
    /** Confirms a fresh visit of the inmate, as far as the ledger is concerned. */
    useOnce: async (inmateId: string, given?: Partial<Prisma.VisitUncheckedCreateInput>) => {
      const visitId = await aVisitOf(inmateId, given)
      const { visitClass = 'social' } = given ?? {}
      const ask = { visitId, inmateId, facilityId, visitClass, lengthMs: LENGTH_MS }
      const payment = await transact((tx) => service.use(tx, ask))
      return { visitId, payment }
    },
    entriesOf: (inmateId: string) =>
      db.quotaEntry.findMany({
        where: { inmateId },
        // Of one instant: what expired first.
        orderBy: [{ createdAt: 'asc' }, { kind: 'desc' }],
        select: { kind: true, units: true, period: true, visitId: true },
      }),
  }
}
