import { Refusal } from '@visavis/contract/errors'
import type { routes } from '@visavis/contract/http'
import type { z } from 'zod'
import { placeOf, readPlace } from '../../platform/cursor.ts'
import { newId } from '../../platform/ids.ts'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import { requireAllowed } from '../access/index.ts'
import { auditActorOf, requireReach } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { downloadExport } from './download.service.ts'
import type { DownloadCall } from './download.service.ts'
import { DECIDE_WITHIN_MS, exportView } from './export-rules.ts'
import type { ExportViewInput } from './export-rules.ts'
import { exportFact } from './exports-parts.ts'
import type { ExportsDeps } from './exports-parts.ts'
import type { KeptVisit, StoredExport } from './exports.repo.ts'

/** Who acts, once and under which request. */
export type ExportCall = {
  readonly actor: AccountActor
  readonly once: Once
  readonly requestId: string
}

type ListQuery = z.output<typeof routes.exports.query>
type Wish = {
  readonly purpose: string
  readonly caseNumber: string
  readonly recipient: string
  readonly derivatives: readonly string[]
}

/** Asking for exports and deciding them (RC-6). */
export type Exports = ReturnType<typeof createExports>

export function createExports(deps: ExportsDeps) {
  const { repo } = deps
  return {
    /** Newest first. */
    async list(actor: AccountActor, { limit, cursor, isWaiting }: ListQuery) {
      const rows = await repo.list({
        reach: requireReach(actor),
        isWaiting: isWaiting === undefined ? null : isWaiting === 'true',
        after: readPlace(cursor),
        take: limit + 1,
      })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map((row) => exportView(row, actor)),
        nextCursor: last ? placeOf({ at: last.askedAt, id: last.exportId }) : null,
      }
    },
    ask: (visitId: string, wish: Wish, call: ExportCall): Promise<ExportViewInput> =>
      call.once((tx) => ask(tx, { visitId, wish, call }, deps)),
    decide: (exportId: string, decision: Decision, call: ExportCall): Promise<ExportViewInput> =>
      call.once((tx) => decide(tx, { exportId, decision, call }, deps)),
    /** Ends an export before its time: one that nobody decided is withdrawn, an archive destroyed. */
    async takeBack(exportId: string, call: ExportCall): Promise<Record<string, never>> {
      const reply = await call.once((tx) => takeBack(tx, { exportId, call }, deps))
      await deps.jobs.runNow('exports.expire').catch((error: unknown) => {
        // The archive's key is gone; the bytes are removed by the next run.
        deps.log.warn({ exportId, err: error }, 'archive was not removed yet')
      })
      return reply
    },
    download: (exportId: string, call: DownloadCall) => downloadExport(exportId, call, deps),
  }
}

async function ask(
  tx: Tx,
  { visitId, wish, call }: { visitId: string; wish: Wish; call: ExportCall },
  deps: ExportsDeps,
): Promise<ExportViewInput> {
  const { actor, requestId } = call
  const visit = await deps.repo.visit(visitId, requireReach(actor), tx)
  requireExportable(visit)
  const { facilityId, visitClass } = visit
  requireAllowed(actor, 'export.ask', { facilityId, visitClass, absent: 'RECORDING_NOT_FOUND' })
  const made = new Set(visit.derivatives.map(({ derivativeId }) => derivativeId))
  if (wish.derivatives.some((id) => !made.has(id))) throw new Refusal('NOT_FOUND')
  const exportId = newId()
  const { purpose, caseNumber, recipient } = wish
  const askedAt = deps.clock.now()
  await deps.repo.add(tx, {
    ...{ exportId, visitId, purpose, caseNumber, recipient, askedAt },
    askedBy: actor.accountId,
    derivativeIds: [...new Set(wish.derivatives)],
  })
  const dueAt = new Date(askedAt.getTime() + DECIDE_WITHIN_MS)
  const task = { facilityId, visitId, subjectId: exportId, suggestion: 'REVIEW', dueAt }
  await deps.tasks.open(tx, { ...task, kind: 'DECIDE_EXPORT' })
  const detail = { derivatives: wish.derivatives.length, caseNumber }
  const fact = { actor: auditActorOf(actor), action: 'export.ask', requestId, detail }
  await deps.audit.append(tx, exportFact({ exportId, visitId, visit }, fact))
  return exportView(await found(tx, exportId, deps), actor)
}

function requireExportable(visit: KeptVisit | null): asserts visit is KeptVisit {
  if (!visit || visit.recordings.length === 0) throw new Refusal('RECORDING_NOT_FOUND')
  if (visit.recordings.every(({ destroyedAt }) => destroyedAt !== null)) {
    throw new Refusal('RECORDING_DESTROYED')
  }
  const isBeingMade = visit.recordings.some(
    ({ state, destroyedAt }) => destroyedAt === null && (state === 'OPEN' || state === 'RECORDED'),
  )
  const hasAny = visit.recordings.some(({ manifests }) => manifests.length > 0)
  if (isBeingMade || !hasAny) throw new Refusal('RECORDING_NOT_READY')
}

async function found(tx: Tx, exportId: string, { repo }: ExportsDeps): Promise<StoredExport> {
  const row = await repo.find(exportId, { tx })
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

type Decision = { readonly isApproved: boolean; readonly reason: string }

async function decide(
  tx: Tx,
  { exportId, decision, call }: { exportId: string; decision: Decision; call: ExportCall },
  deps: ExportsDeps,
): Promise<ExportViewInput> {
  const { actor, requestId } = call
  const { isApproved, reason } = decision
  const row = await deps.repo.find(exportId, { reach: requireReach(actor), tx })
  if (!row) throw new Refusal('NOT_FOUND')
  const { facilityId } = row.visit
  requireAllowed(actor, 'export.decide', { facilityId, by: row.asker, absent: 'NOT_FOUND' })
  const state = isApproved ? 'APPROVED' : 'REFUSED'
  const decided = {
    state,
    reason,
    decidedBy: actor.accountId,
    decidedAt: deps.clock.now(),
  } as const
  const isMine = await deps.repo.move(tx, { exportId, from: ['ASKED'] }, decided)
  if (!isMine) throw new Refusal('ALREADY_DECIDED')
  if (isApproved) {
    requireExportable(await deps.repo.visit(row.visitId, undefined, tx))
    await deps.jobs.send(tx, 'exports.build', { exportId }, { singletonKey: exportId })
  }
  const closed = { kind: 'DECIDE_EXPORT', subjectId: exportId, resolution: state } as const
  await deps.tasks.close(tx, { ...closed, doneBy: actor.accountId })
  const action = isApproved ? 'export.approve' : 'export.refuse'
  await deps.audit.append(tx, exportFact(row, { actor: auditActorOf(actor), action, requestId }))
  return exportView(await found(tx, exportId, deps), actor)
}

async function takeBack(
  tx: Tx,
  { exportId, call }: { exportId: string; call: ExportCall },
  deps: ExportsDeps,
): Promise<Record<string, never>> {
  const { actor, requestId } = call
  const row = await deps.repo.find(exportId, { reach: requireReach(actor), tx })
  if (!row) throw new Refusal('NOT_FOUND')
  const { facilityId } = row.visit
  requireAllowed(actor, 'export.takeBack', { facilityId, absent: 'NOT_FOUND' })
  const ended = { state: 'EXPIRED', kekId: null, wrapped: null } as const
  const isEnded =
    (await deps.repo.remove(tx, exportId)) ||
    (await deps.repo.move(tx, { exportId, from: ['APPROVED', 'READY'] }, ended))
  if (!isEnded) return {}
  const closed = { kind: 'DECIDE_EXPORT', subjectId: exportId, resolution: 'WITHDRAWN' } as const
  await deps.tasks.close(tx, { ...closed, doneBy: actor.accountId })
  const fact = { actor: auditActorOf(actor), action: 'export.takeBack', requestId }
  await deps.audit.append(tx, exportFact(row, fact))
  return {}
}
