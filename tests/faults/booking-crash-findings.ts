import { facilityLog, verifyAuditChain } from '@visavis/prisma'
import type { Database } from '@visavis/prisma'
import { NOTHING_BROKEN, brokenInvariants } from '../integration/booking/booking-world.ts'
import { send } from './booking-crash-client.ts'
import type { Client } from './booking-crash-client.ts'
import type { Known } from './booking-crash-ledger.ts'

/** Where the database differs from what the clients were told; each list is empty where all is well. */
export type Findings = Awaited<ReturnType<typeof findings>>

export const NOTHING_FOUND: Findings = {
  ...NOTHING_BROKEN,
  lost: [],
  doubled: [],
  quota: [],
  told: [],
  log: [],
  answers: [],
}

type Stored = {
  readonly visitId: string
  readonly slotId: string
  readonly bookingState: string
  readonly version: number
  readonly uses: number
  readonly refunds: number
  readonly mails: number
}

/** Compares the clients' ledgers with the database, once nothing is under way any more. */
export async function findings(db: Database, clients: readonly Client[], facilityId: string) {
  const stored = new Map((await storedVisits(db, facilityId)).map((row) => [row.visitId, row]))
  const known = clients.flatMap(({ ledger }) => [...ledger.bookings.values()])
  const acts = await storedActs(db, facilityId)
  const knownIds = new Set(known.map(({ visitId }) => visitId))
  return {
    ...(await brokenInvariants({ db })),
    lost: known.flatMap((told) => {
      const is = stored.get(told.visitId) ?? NOTHING
      return stateOf(is) === stateOf(told) ? [] : [{ told, is }]
    }),
    doubled: [...stored.values()].filter(({ visitId }) => !knownIds.has(visitId)),
    quota: known.flatMap((told) => {
      const { uses, refunds } = stored.get(told.visitId) ?? NOTHING
      const isRight = uses === times(told.acts, 'confirm') && refunds === times(told.acts, 'cancel')
      return isRight ? [] : [{ told, uses, refunds }]
    }),
    told: known.flatMap((told) => {
      const mails = stored.get(told.visitId)?.mails ?? 0
      return mails === times(told.acts, 'confirm') ? [] : [{ told, mails }]
    }),
    log: [...acts.faults, ...known.flatMap((told) => differentActs(told, acts.byVisit))],
    answers: await differentAnswers(db, clients),
  }
}

const NOTHING: Stored = {
  visitId: '',
  slotId: '',
  bookingState: 'MISSING',
  version: -1,
  uses: 0,
  refunds: 0,
  mails: 0,
}

function stateOf({ slotId, bookingState, version }: Known | Stored): string {
  return `${bookingState} in ${slotId}, version ${version}`
}

function times(acts: readonly string[], verb: string): number {
  return acts.filter((act) => act === `booking.${verb}`).length
}

/** All visits of the facility, with what was written beside them in the same transactions. */
function storedVisits(db: Database, facilityId: string): Promise<Stored[]> {
  return db.$queryRaw<Stored[]>`
    SELECT visit_id AS "visitId", slot_id AS "slotId", booking_state::text AS "bookingState", version,
      (SELECT count(*)::int FROM quota_entry q WHERE q.visit_id = v.visit_id AND kind = 'USE') AS uses,
      (SELECT count(*)::int FROM quota_entry q WHERE q.visit_id = v.visit_id AND kind = 'REFUND')
        AS refunds,
      (SELECT count(*)::int FROM notice n WHERE n.visit_id = v.visit_id AND channel = 'EMAIL'
        AND n.kind IN ('BOOKING_CONFIRMED', 'BOOKING_REBOOKED')) AS mails
    FROM visit v WHERE facility_id = ${facilityId}::uuid`
}

type Acts = { readonly faults: object[]; readonly byVisit: Map<string, string[]> }

/** The acts of each visit in the order of the log, and what is wrong with the log. */
async function storedActs(db: Database, facilityId: string): Promise<Acts> {
  const log = facilityLog(facilityId)
  const entries = await db.auditEntry.findMany({ where: { log }, orderBy: { seq: 'asc' } })
  const verdict = verifyAuditChain(entries)
  const byVisit = new Map<string, string[]>()
  for (const { visitId, action } of entries) {
    if (visitId !== null) byVisit.set(visitId, [...(byVisit.get(visitId) ?? []), action])
  }
  return { faults: verdict.isWhole ? [] : [verdict], byVisit }
}

function differentActs(told: Known, byVisit: ReadonlyMap<string, readonly string[]>): object[] {
  const logged = byVisit.get(told.visitId) ?? []
  return logged.join() === told.acts.join() ? [] : [{ told, logged }]
}

/** BK-5: for each accepted write one kept answer, the one that its sender got; for refused ones none. */
async function differentAnswers(db: Database, clients: readonly Client[]): Promise<object[]> {
  const different: object[] = []
  for (const { accountId: actorId, ledger } of clients) {
    const kept = await db.idempotencyKey.findMany({ where: { actorId } })
    const keys = new Set(ledger.accepted.map(({ key }) => key))
    different.push(...ledger.contradicted.map((key) => ({ key, contradicted: true })))
    different.push(
      ...kept.filter(({ key }) => !keys.has(key)).map(({ key }) => ({ key, kept: true })),
    )
    if (kept.length < keys.size) different.push({ actorId, forgotten: keys.size - kept.length })
  }
  return different
}

/** How many writes had been done already when the attempt was made that got their answer. */
export async function replayed(db: Database, clients: readonly Client[]): Promise<number> {
  const rows = await db.idempotencyKey.findMany({ select: { key: true, createdAt: true } })
  const doneAt = new Map(rows.map(({ key, createdAt }) => [key, createdAt.getTime()]))
  const accepted = clients.flatMap(({ ledger }) => ledger.accepted)
  return accepted.filter(({ key, sentAtMs }) => (doneAt.get(key) ?? Infinity) < sentAtMs).length
}

/** Sends every accepted write once more; gives those that are answered otherwise than before. */
export async function repeatAll(origin: string, clients: readonly Client[]): Promise<object[]> {
  const different: object[] = []
  for (const client of clients) {
    for (const { status, text, key, path, body } of client.ledger.accepted) {
      const write = { key, path, ...(body === undefined ? {} : { body }) }
      const again = await send(client, origin, write)
      if (again?.status === status && again.text === text) continue
      different.push({ ...write, was: text, is: again?.text ?? null })
    }
  }
  return different
}
