import type { Prisma } from '../../generated/client/client.ts'
import type { Tx } from '../../src/database.ts'
import { newId } from '../../src/ids.ts'
import { requireReserved } from '../reserved-addresses.ts'
import type { Given } from './given.ts'

const DAY_MS = 86_400_000

/** An entry of the quota's ledger that grants four visits for this month. */
export function aQuotaGrant(given: Given<Prisma.QuotaEntryUncheckedCreateInput, 'inmateId'>) {
  return {
    entryId: newId(),
    kind: 'GRANT' as const,
    units: 4,
    period: new Date().toISOString().slice(0, 'yyyy-mm'.length),
    createdAt: new Date(),
    ...given,
  }
}

/** An entry of the time credit's ledger that grants ten minutes. */
export function aTimeCredit(given: Given<Prisma.TimeCreditEntryUncheckedCreateInput, 'inmateId'>) {
  return { entryId: newId(), kind: 'GRANT' as const, ms: 600_000, createdAt: new Date(), ...given }
}

/** The row of a place in a slot's waiting line, for a visit at home. */
export function aWaitingEntry(
  given: Given<Prisma.WaitingEntryUncheckedCreateInput, 'slotId' | 'inmateId' | 'accountId'>,
) {
  return { waitingId: newId(), visitorIds: [], place: 'HOME' as const, ...given }
}

/** A task's row: open, due tomorrow. */
export function aTask(given: Given<Prisma.TaskUncheckedCreateInput, 'facilityId'>) {
  return {
    taskId: newId(),
    kind: 'DECIDE_RELATIONSHIP' as const,
    dueAt: new Date(Date.now() + DAY_MS),
    createdAt: new Date(),
    ...given,
  }
}

/** A notice's row: an e-mail that is due now. */
export function aNotice(given: Given<Prisma.NoticeUncheckedCreateInput> = {}) {
  const noticeId = given.noticeId ?? newId()
  requireReserved(given.address)
  return {
    kind: 'BOOKING_CONFIRMED',
    channel: 'EMAIL' as const,
    address: given.channel === 'TERMINAL' ? null : 'somebody@example.org',
    language: 'en',
    details: {},
    dedupeKey: noticeId,
    dueAt: new Date(),
    createdAt: new Date(),
    ...given,
    noticeId,
  }
}

/** A legal limit's row, in force since 2026. */
export function aJurisdictionRule(
  given: Given<Prisma.JurisdictionRuleUncheckedCreateInput, 'code' | 'value'>,
) {
  return {
    jurisdiction: 'UN',
    validFrom: new Date('2026-01-01'),
    source: 'Example law, section 1',
    ...given,
  }
}

/** Stores {@link aQuotaGrant}. */
export function insertQuotaGrant(db: Tx, given: Parameters<typeof aQuotaGrant>[0]) {
  return db.quotaEntry.create({ data: aQuotaGrant(given) })
}

/** Stores {@link aTimeCredit}. */
export function insertTimeCredit(db: Tx, given: Parameters<typeof aTimeCredit>[0]) {
  return db.timeCreditEntry.create({ data: aTimeCredit(given) })
}

/** Stores {@link aWaitingEntry}. */
export function insertWaitingEntry(db: Tx, given: Parameters<typeof aWaitingEntry>[0]) {
  return db.waitingEntry.create({ data: aWaitingEntry(given) })
}

/** Stores {@link aTask}. */
export function insertTask(db: Tx, given: Parameters<typeof aTask>[0]) {
  return db.task.create({ data: aTask(given) })
}

/** Stores {@link aNotice}. */
export function insertNotice(db: Tx, given?: Parameters<typeof aNotice>[0]) {
  return db.notice.create({ data: aNotice(given) })
}

/** Stores {@link aJurisdictionRule}. */
export function insertJurisdictionRule(db: Tx, given: Parameters<typeof aJurisdictionRule>[0]) {
  return db.jurisdictionRule.create({ data: aJurisdictionRule(given) })
}
