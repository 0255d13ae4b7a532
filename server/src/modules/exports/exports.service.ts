import type { Readable } from 'node:stream'
import { Fault, Refusal } from '@visavis/contract/errors'
import { fileContext } from '@visavis/platform/sealed/cobblestone'
import { openSealedFile } from '@visavis/platform/sealed/sealed-file'
import { newId } from '../../platform/ids.ts'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import { auditActorOf, requireReach } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { DECIDE_WITHIN_MS, archiveFileOf, archiveKeyOf, exportView } from './export-rules.ts'
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
    async list(actor: AccountActor): Promise<ExportViewInput[]> {
      const rows = await repo.list(requireReach(actor))
      return rows.map((row) => exportView(row, actor.accountId))
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
    download: (exportId: string, call: Omit<ExportCall, 'once'>) => download(exportId, call, deps),
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
  const { facilityId } = visit
  const dueAt = new Date(askedAt.getTime() + DECIDE_WITHIN_MS)
  const task = { facilityId, visitId, subjectId: exportId, suggestion: 'REVIEW', dueAt }
  await deps.tasks.open(tx, { ...task, kind: 'DECIDE_EXPORT' })
  const detail = { derivatives: wish.derivatives.length, caseNumber }
  const fact = { actor: auditActorOf(actor), action: 'export.ask', requestId, detail }
  await deps.audit.append(tx, exportFact({ exportId, visitId, visit }, fact))
  return exportView(await found(tx, exportId, deps), actor.accountId)
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
  if (row.askedBy === actor.accountId) throw new Refusal('SECOND_PERSON_REQUIRED')
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
  return exportView(await found(tx, exportId, deps), actor.accountId)
}

async function takeBack(
  tx: Tx,
  { exportId, call }: { exportId: string; call: ExportCall },
  deps: ExportsDeps,
): Promise<Record<string, never>> {
  const { actor, requestId } = call
  const row = await deps.repo.find(exportId, { reach: requireReach(actor), tx })
  if (!row) throw new Refusal('NOT_FOUND')
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

/** An archive on its way to who asked for it. */
export type Download = { readonly bytes: number; readonly stream: Readable }

async function download(
  exportId: string,
  { actor, requestId }: Omit<ExportCall, 'once'>,
  deps: ExportsDeps,
): Promise<Download> {
  const { repo, store, clock } = deps
  const row = await repo.find(exportId, { reach: requireReach(actor) })
  if (row?.askedBy !== actor.accountId) throw new Refusal('NOT_FOUND')
  requireReady(row, clock.now())
  // The entry is there before the key is, and before the first byte (TR-1).
  await deps.transact(async (tx) => {
    const isReady = await repo.move(
      tx,
      { exportId, from: ['READY'] },
      { downloads: { increment: 1 } },
    )
    if (!isReady) throw new Refusal('EXPORT_EXPIRED')
    const fact = { actor: auditActorOf(actor), action: 'export.download', requestId }
    await deps.audit.append(tx, exportFact(row, fact))
  })
  const path = archiveKeyOf(row)
  const sealedBytes = await store.sizeOf(path)
  if (sealedBytes === null) throw new Fault('an export is not in the object store')
  const { facilityId } = row.visit
  const { kekId, wrapped } = row
  if (kekId === null || wrapped === null) throw new Refusal('EXPORT_EXPIRED')
  const key = await deps.keys.open({ objectId: exportId, facilityId, kekId, wrapped })
  const readAt = (start: number, end: number) => store.readAt(path, start, end)
  const context = fileContext(exportId, archiveFileOf(exportId))
  const file = await openSealedFile({ readAt, sealedBytes, key, context })
  return { bytes: file.plainBytes, stream: file.stream(0, file.plainBytes - 1) }
}

function requireReady({ state, expiresAt }: StoredExport, now: Date): void {
  if (state === 'EXPIRED' || (expiresAt !== null && expiresAt <= now)) {
    throw new Refusal('EXPORT_EXPIRED')
  }
  if (state !== 'READY') throw new Refusal('RECORDING_NOT_READY')
}
