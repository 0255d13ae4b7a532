import { Refusal } from '@visavis/contract/errors'
import { cursorOf, readCursor } from '../../platform/cursor.ts'
import type { Transact } from '../../platform/transact.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { AuditProofs } from './audit-proofs.ts'
import type { CareState } from './care.service.ts'
import type { EntriesRepo, EntryFilter } from './entries.repo.ts'
import { ESTATE_LOG } from '../audit/index.ts'
import type { Audit, AuditFact } from '../audit/index.ts'
import { idOfLog, logOf } from './log-name.ts'
import { entryView, entryWhole } from './said-entry.ts'

type Deps = {
  readonly entries: EntriesRepo
  readonly proofs: Pick<AuditProofs, 'ofEntry'>
  readonly care: Pick<CareState, 'ofLogs'>
  readonly transact: Transact
  readonly audit: Audit
}

/** Who reads, and in which request. */
export type Reader = { readonly actor: AccountActor; readonly requestId: string }

/** One page of a search. */
export type EntrySearch = Omit<EntryFilter, 'from' | 'to'> & {
  readonly log: string
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The log as auditors read it; a look is in the log before anything is shown (TR-1). */
export type AuditReader = ReturnType<typeof createAuditReader>

export function createAuditReader(deps: Deps) {
  const { entries, proofs, care } = deps
  return {
    /** The logs in the auditor's reach, and how they are looked after; no entry is read for it. */
    async logs(actor: AccountActor) {
      const facilities = await entries.facilities(actor.facilityId)
      const known = facilities.map(({ facilityId, name }) => ({ log: facilityId, name }))
      const own = actor.facilityId === null ? [{ log: ESTATE_LOG, name: null }] : []
      return care.ofLogs([...own, ...known])
    },
    async search(reader: Reader, { log, limit, cursor, from, to, ...rest }: EntrySearch) {
      const before = placeOf(cursor)
      const asked = { ...rest, ...(from ? { from } : {}), ...(to ? { to } : {}) }
      await enter(reader, { log, action: 'audit.search', detail: wordsOf(asked) }, deps)
      const times = {
        ...(from ? { from: new Date(from) } : {}),
        ...(to ? { to: new Date(to) } : {}),
      }
      const filter = { ...rest, ...times }
      const found = await entries.search(logOf(log), filter, { before, take: limit + 1 })
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1) : undefined
      return {
        items: items.map(entryView),
        nextCursor: last === undefined ? null : cursorOf([String(last.seq)]),
      }
    },
    async entry(reader: Reader, { log, seq }: { log: string; seq: number }) {
      await enter(reader, { log, action: 'audit.read', detail: { seq } }, deps)
      const found = await entries.find(logOf(log), seq)
      if (!found) throw new Refusal('NOT_FOUND')
      return entryWhole(found, entries.classOf)
    },
    /** A file's text. */
    async proof(reader: Reader, { log, seq }: { log: string; seq: number }): Promise<string> {
      await enter(reader, { log, action: 'audit.prove', detail: { seq } }, deps)
      const text = await proofs.ofEntry(logOf(log), seq)
      if (text === null) throw new Refusal('NOT_FOUND')
      return text
    },
    /** Lets a whole log go out; the entry about that is in it. */
    async exportBegins(reader: Reader, log: string): Promise<void> {
      await enter(reader, { log, action: 'audit.export', detail: {} }, deps)
    },
  }
}

type Look = {
  readonly log: string
  readonly action: string
  readonly detail: NonNullable<AuditFact['detail']>
}

/** An auditor of a facility reads its log alone; one of the estate reads them all. */
async function enter({ actor, requestId }: Reader, look: Look, deps: Deps): Promise<void> {
  const { log, action, detail } = look
  if (actor.facilityId !== null && actor.facilityId !== log) throw new Refusal('FORBIDDEN')
  const isKnown = log === ESTATE_LOG || (await deps.entries.facilities(log)).length > 0
  if (!isKnown) throw new Refusal('NOT_FOUND')
  await deps.transact((tx) =>
    deps.audit.append(tx, {
      facilityId: log === ESTATE_LOG ? null : idOfLog(log),
      actor: auditActorOf(actor),
      action,
      object: { type: 'auditLog', objectId: log },
      outcome: 'allow',
      requestId,
      detail,
    }),
  )
}

function wordsOf(asked: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

const FIRST_PAGE = Number.MAX_SAFE_INTEGER

function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return FIRST_PAGE
  const seq = Number(readCursor(cursor, 1)[0])
  if (!Number.isSafeInteger(seq) || seq < 1) throw new Refusal('BAD_REQUEST')
  return seq
}
