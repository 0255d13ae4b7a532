import { createHash } from 'node:crypto'
import { manifestFileOf } from '@visavis/contract/recording-manifest'
import type { RecordingManifest } from '@visavis/contract/recording-manifest'
import { recordingFolderOf } from '@visavis/contract/recording-result'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { Transact } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import {
  compareBlocks,
  compareJournal,
  findingText,
  headOffChain,
  problemOf,
} from './checks-rules.ts'
import type { Comparison, Finding } from './checks-rules.ts'
import type { CheckedRecording, ChecksRepo } from './checks.repo.ts'
import { readManifest } from './manifest-rules.ts'

export type ChecksDeps = {
  readonly repo: ChecksRepo
  readonly store: ObjectStore
  readonly transact: Transact
  readonly audit: Audit
  readonly tasks: Tasks
  readonly clock: Clock
  readonly log: Logger
}

export type Checks = {
  /**
   * Compares every file of a recording with its manifest, without a key, and its heads with its chain. What
   * came of it is kept, audited and, when bad, a task. Nothing found: all is as it was sealed. `askedBy` is
   * the account of whoever wished it.
   */
  readonly check: (
    recordingId: string,
    askedBy?: string,
  ) => Promise<readonly Finding[] | 'NOTHING_TO_CHECK'>
  /** Checks those that waited longest; each has its turn once a month. */
  readonly checkSome: () => Promise<void>
}

/** Each recording once a month. */
const CHECK_EVERY_MS = 30 * 86_400_000
/** Of those that are due, so many a run: a run ends within an hour also where they lie far away. */
const CHECKS_A_RUN = 200

export function createChecks(deps: ChecksDeps): Checks {
  const check: Checks['check'] = async (recordingId, askedBy) => {
    const recording = await deps.repo.recording(recordingId)
    const row = recording?.manifests[0]
    if (!recording || !row || recording.destroyedAt !== null) return 'NOTHING_TO_CHECK'
    const findings = await findingsOf(recording, row, deps)
    await keep(recording, { findings, askedBy }, deps)
    return findings
  }
  return {
    check,
    async checkSome() {
      const since = new Date(deps.clock.now().getTime() - CHECK_EVERY_MS)
      for (const recordingId of await deps.repo.uncheckedSince(since, CHECKS_A_RUN)) {
        await check(recordingId)
      }
    },
  }
}

type Row = CheckedRecording['manifests'][number]

async function findingsOf(
  recording: CheckedRecording,
  row: Row,
  { store }: ChecksDeps,
): Promise<Finding[]> {
  const own = manifestFileOf(row.number)
  const folder = recordingFolderOf(recording)
  const isKept = createHash('sha256').update(row.bytes).digest('hex') === row.sha256
  const stored = await wholeOf(store, `${folder}/${own}`)
  // Without the manifest there is nothing to compare with.
  if (!isKept) return [{ code: 'MANIFEST_CHANGED', file: own }]
  if (stored === null) return [{ code: 'MISSING', file: own }]
  if (!stored.equals(row.bytes)) return [{ code: 'MANIFEST_CHANGED', file: own }]
  const manifest = readManifest(row.bytes)
  const findings: Finding[] = []
  for (const { file, key, comparison } of filesOf(manifest, folder)) {
    const finding = await compare(store, { file, key, comparison: comparison() })
    if (finding) findings.push(finding)
  }
  const { file } = manifest.journal
  const isOff = headOffChain(recording.heads, manifest.journal) !== null
  return isOff ? [...findings, { code: 'HEAD_NOT_ON_CHAIN', file }] : findings
}

async function wholeOf(store: ObjectStore, key: string): Promise<Buffer | null> {
  const size = await store.sizeOf(key)
  return size === null ? null : store.readAt(key, 0, Math.max(0, size - 1))
}

type Compared = {
  readonly file: string
  readonly key: string
  readonly comparison: () => Comparison
}

function filesOf(manifest: RecordingManifest, folder: string): Compared[] {
  const { journal, tracks, derived, visitId } = manifest
  const proofs = tracks.flatMap(({ master, thumbnails }) => [
    master,
    ...(thumbnails ? [thumbnails] : []),
  ])
  return [
    {
      file: journal.file,
      key: `${folder}/${journal.file}`,
      comparison: () => compareJournal(journal),
    },
    ...proofs.map((proof) => ({
      file: proof.file,
      key: `${folder}/${proof.file}`,
      comparison: () => compareBlocks(proof),
    })),
    ...derived.map(({ file: proof }) => ({
      file: proof.file,
      key: derivedKeyOf(visitId, proof.file),
      comparison: () => compareBlocks(proof),
    })),
  ]
}

/** Where a visit's copy lies in the object store. */
export function derivedKeyOf(visitId: string, file: string): string {
  return `${visitId}/derived/${file.slice(file.lastIndexOf('/') + 1)}`
}

/** A file is read by so many bytes at once. */
const STEP_BYTES = 4 * 1024 * 1024

async function compare(
  store: ObjectStore,
  { file, key, comparison }: { file: string; key: string; comparison: Comparison },
): Promise<Finding | null> {
  const size = await store.sizeOf(key)
  if (size === null) return { code: 'MISSING', file }
  for (let at = 0; at < size; at += STEP_BYTES) {
    comparison.add(await store.readAt(key, at, Math.min(size, at + STEP_BYTES) - 1))
  }
  const bad = comparison.end()
  return bad ? { code: 'DAMAGED', file, ...bad } : null
}

async function keep(
  { recordingId, visitId, visit }: CheckedRecording,
  {
    findings,
    askedBy = null,
  }: { findings: readonly Finding[]; askedBy?: string | null | undefined },
  { repo, transact, audit, tasks, clock, log }: ChecksDeps,
): Promise<void> {
  const [first = null] = findings
  const isOk = first === null
  const text = findingText(first)
  const problems = findings.map(problemOf)
  const { facilityId } = visit
  await transact(async (tx) => {
    await repo.add(tx, {
      ...{ recordingId, checkedAt: clock.now(), isOk, finding: text, problems },
      askedBy,
    })
    if (!isOk) {
      const dueAt = clock.now()
      await tasks.open(tx, {
        facilityId,
        visitId,
        kind: 'RECORDING_ALARM',
        suggestion: 'REVIEW',
        dueAt,
      })
    }
    await audit.append(tx, {
      facilityId,
      actor: SERVER,
      action: 'recording.check',
      object: { type: 'recording', objectId: recordingId, visitId },
      outcome: isOk ? 'allow' : 'error',
      ...(isOk ? {} : { reason: first.code }),
      detail: { finding: text, problems: problems.length },
    })
  })
  if (!isOk)
    log.error(
      { recordingId, visitId, findings: findings.map(findingText) },
      'alarm: a recording is not as it was sealed',
    )
}
