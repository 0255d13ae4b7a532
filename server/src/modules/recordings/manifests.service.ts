import type { ManifestGap } from '@visavis/contract/recording-manifest'
import { manifestFileOf } from '@visavis/contract/recording-manifest'
import type { RecordingManifest } from '@visavis/contract/recording-manifest'
import { recordingFolderOf } from '@visavis/contract/recording-result'
import type { RecordingResult } from '@visavis/contract/recording-result'
import type { Clock } from '@visavis/platform/clock'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import type { SigningKey } from '../../platform/signing-key.ts'
import type { Transact, Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import type { Timeline } from '../timeline/index.ts'
import { manifestGapsOf } from './gaps-reading.ts'
import { manifestOf, readManifest, saysTheSame, signManifest } from './manifest-rules.ts'
import { putBytes } from './manifest-store.ts'
import type { ManifestRepo, ManifestRow } from './manifest.repo.ts'
import { readResult } from './result-reading.ts'
import type { ResultRecording, ResultVisit, ResultsRepo } from './results.repo.ts'

export type ManifestDeps = {
  readonly repo: ManifestRepo
  readonly results: ResultsRepo
  readonly timeline: Pick<Timeline, 'of'>
  readonly store: ObjectStore
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly key: SigningKey
  /** The service's public origin. */
  readonly issuer: string
}

export type Manifests = {
  /**
   * Works a visit's gaps out anew, and signs a manifest of each of its finished recordings that has none, or
   * whose newest says something else than is so by now. Safe to run at any time, and twice. A Fault when a
   * result cannot be read.
   */
  readonly settle: (visitId: string) => Promise<void>
}

type Known = { readonly result: RecordingResult; readonly row: ResultRecording }
type Settled = {
  readonly visit: ResultVisit
  readonly gaps: readonly ManifestGap[]
  readonly known: readonly Known[]
}

export function createManifests(deps: ManifestDeps): Manifests {
  const inTurn = createSerialQueue()
  return { settle: (visitId) => inTurn.run(visitId, () => settle(visitId, deps)) }
}

async function settle(visitId: string, deps: ManifestDeps): Promise<void> {
  const visit = await deps.results.visit(visitId)
  if (!visit || !visit.isRecorded || visit.visitClass === 'privileged') return
  // What is destroyed can be proved no more: its last manifests and gaps stay as they are.
  if (visit.recordings.some(({ destroyedAt }) => destroyedAt !== null)) return
  const known = await knownOf(visit, deps)
  const results = new Map(known.map(({ row, result }) => [row.recordingId, result]))
  const notes = await deps.timeline.of(visitId)
  const gaps = manifestGapsOf(visit, { results, notes, now: deps.clock.now() })
  const rows = await deps.transact((tx) => settleRows(tx, { visit, gaps, known }, deps))
  for (const { recordingId, number, bytes } of rows) {
    const folder = recordingFolderOf({ visitId, recordingId })
    await putBytes(deps.store, `${folder}/${manifestFileOf(number)}`, bytes)
  }
}

async function knownOf(visit: ResultVisit, { store }: ManifestDeps): Promise<Known[]> {
  const finished = visit.recordings.filter(({ state }) => state === 'FINISHED')
  return Promise.all(
    finished.map(async (row) => {
      const { result } = await readResult(store, { ...row, sha256: row.resultSha256 })
      return { row, result }
    }),
  )
}

/** The newest manifest of each recording, old or new. */
async function settleRows(tx: Tx, settled: Settled, deps: ManifestDeps): Promise<ManifestRow[]> {
  const { visit, gaps, known } = settled
  await deps.repo.lock(tx, visit.visitId)
  if (!isSame(visit.recordingGaps, gaps)) await deps.repo.replaceGaps(tx, visit.visitId, gaps)
  const rows: ManifestRow[] = []
  for (const one of known) {
    const row = await manifestRow(tx, { ...settled, ...one }, deps)
    if (row) rows.push(row)
  }
  return rows
}

async function manifestRow(
  tx: Tx,
  { visit, gaps, row, result }: Settled & Known,
  deps: ManifestDeps,
): Promise<ManifestRow | null> {
  const { repo, clock, issuer } = deps
  const { facilityId, visitClass, visitId } = visit
  // One without a key is destroyed, or was never sealed.
  if (visitClass === 'privileged' || row.key === null) return null
  const newest = await repo.newest(row.recordingId, tx)
  const audit = await repo.auditNumbers(tx, { facilityId, visitId, recordingId: row.recordingId })
  const manifest = manifestOf(
    {
      result,
      facilityId,
      visitClass,
      seats: visit.seats,
      gaps,
      audit,
      ...row.key,
      derivatives: visit.derivatives,
    },
    { number: (newest?.number ?? 0) + 1, issuedAt: clock.now(), issuer },
  )
  if (newest && saysTheSame(readManifest(newest.bytes), manifest)) return newest
  return issue(tx, manifest, deps)
}

async function issue(
  tx: Tx,
  manifest: RecordingManifest,
  { key, audit, repo }: Pick<ManifestDeps, 'key' | 'audit' | 'repo'>,
): Promise<ManifestRow> {
  const { recordingId, visitId, facilityId, number } = manifest
  const { bytes, sha256 } = signManifest(manifest, key)
  const row = {
    ...{ recordingId, number, sha256, publicKey: key.publicKey, root: manifest.journal.root },
    issuedAt: new Date(manifest.issuedAt),
    bytes: new Uint8Array(bytes),
  }
  await repo.add(tx, row)
  await audit.append(tx, {
    facilityId,
    actor: SERVER,
    action: 'recording.manifest',
    object: { type: 'recording', objectId: recordingId, visitId },
    outcome: 'allow',
    detail: { number, sha256, root: row.root, gaps: manifest.gaps.length },
  })
  return row
}

type GapRow = ResultVisit['recordingGaps'][number]

function isSame(rows: readonly GapRow[], gaps: readonly ManifestGap[]): boolean {
  const said = rows.map((row) =>
    nameOf({ ...row, from: row.fromAt.toISOString(), to: row.toAt.toISOString() }),
  )
  const wanted = gaps.map(nameOf)
  return said.length === wanted.length && said.toSorted().join() === wanted.toSorted().join()
}

function nameOf(gap: {
  readonly from: string
  readonly to: string
  readonly cause: string
  readonly seatId?: string | null | undefined
  readonly kind?: string | null | undefined
}): string {
  return [gap.from, gap.to, gap.cause, gap.seatId ?? '', gap.kind ?? ''].join(' ')
}
