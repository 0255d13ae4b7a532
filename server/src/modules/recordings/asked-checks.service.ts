import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '@visavis/contract/errors'
import type { AskedCheck, RecordingCheck } from '@visavis/contract/http'
import { fullNameOf } from '@visavis/contract/person-names'
import type { Clock } from '@visavis/platform/clock'
import type { z } from 'zod'
import type { Jobs } from '../../platform/jobs.ts'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { problemsOf } from './checks-rules.ts'
import type { AskedOf, AskedRecording, ChecksRepo, StoredCheck } from './checks.repo.ts'
import type { Checks } from './checks.service.ts'

type Deps = {
  readonly repo: ChecksRepo
  readonly checks: Pick<Checks, 'check'>
  readonly audit: Audit
  readonly jobs: Pick<Jobs, 'send'>
  readonly clock: Clock
}
type Call = {
  readonly actor: AccountActor
  readonly requestId: string
  readonly once: Once
  readonly recordingId: string
}
type View = z.input<typeof RecordingCheck>
/** A wish as it travels with a job. */
export type AskedJob = {
  readonly recordingId: string
  readonly askedBy: string
  readonly askedAt: string
}

/** So long somebody waits for the outcome; what takes longer is asked for again, under the same key. */
const ANSWER_WITHIN_MS = 20_000
/** If by then this server has died over it, another does it. */
const LEFT_AFTER_MS = 60_000

/** Checks that somebody wishes, at once. */
export type AskedChecks = {
  readonly ask: (call: Call) => Promise<z.input<typeof AskedCheck>>
  /** Does what was asked for, unless it was done; safe to run twice. */
  readonly make: (asked: AskedJob) => Promise<void>
  readonly list: (actor: AccountActor, recordingId: string) => Promise<{ checks: View[] }>
}

export function createAskedChecks(deps: Deps): AskedChecks {
  const { repo } = deps
  const running = new Map<string, Promise<unknown>>()
  const make = async (asked: AskedOf): Promise<void> => {
    if (await repo.madeSince(asked)) return
    const name = `${asked.recordingId} ${asked.askedBy} ${asked.askedAt.getTime()}`
    const work = running.get(name) ?? deps.checks.check(asked.recordingId, asked.askedBy)
    running.set(name, work)
    await work.finally(() => running.delete(name))
  }
  return {
    make: (job) => make({ ...job, askedAt: new Date(job.askedAt) }),
    async ask(call) {
      const { recordingId, actor } = call
      const { askedAt } = await call.once((tx) => enter(tx, call, deps))
      const asked = { recordingId, askedBy: actor.accountId, askedAt: new Date(askedAt) }
      await inTime(make(asked))
      const made = await repo.madeSince(asked)
      if (made) return checkView(made)
      return { checkedAt: null, finding: null, problems: [], askedBy: null }
    },
    async list(actor, recordingId) {
      requireReader(actor, await repo.asked(recordingId))
      return { checks: (await repo.list(recordingId)).map(checkView) }
    },
  }
}

/** Resolves with the work, or when the time is up; the work goes on. */
async function inTime(work: Promise<void>): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  const limit = pause(ANSWER_WITHIN_MS, undefined, { signal, ref: false })
  // Whoever still waits when it fails is told; nobody else needs to hear.
  await Promise.race([work, limit]).finally(() => over.abort())
}

async function enter(
  tx: Tx,
  { actor, requestId, recordingId }: Call,
  { repo, audit, jobs, clock }: Deps,
): Promise<{ askedAt: string }> {
  const recording = await repo.asked(recordingId, tx)
  requireReader(actor, recording)
  if (recording.destroyedAt !== null) throw new Refusal('RECORDING_DESTROYED')
  if (recording._count.manifests === 0) throw new Refusal('RECORDING_NOT_READY')
  const now = clock.now()
  const askedAt = now.toISOString()
  const { visitId, visit } = recording
  await audit.append(tx, {
    facilityId: visit.facilityId,
    actor: auditActorOf(actor),
    action: 'recording.askCheck',
    object: { type: 'recording', objectId: recordingId, visitId },
    outcome: 'allow',
    requestId,
  })
  const job: AskedJob = { recordingId, askedBy: actor.accountId, askedAt }
  const startAfter = new Date(now.getTime() + LEFT_AFTER_MS)
  await jobs.send(tx, 'recordings.check', job, { startAfter })
  return { askedAt }
}

/** Staff of the visit's facility, and auditors of the whole estate; to others it is not there (TR-3). */
function requireReader(
  { role, facilityId, operatorId }: AccountActor,
  recording: AskedRecording | null,
): asserts recording is AskedRecording {
  const isEstates = role === 'auditor' && facilityId === null && operatorId === null
  const mayRead = isEstates || facilityId === recording?.visit.facilityId
  if (!recording || !mayRead) throw new Refusal('RECORDING_NOT_FOUND')
}

function checkView({ checkedAt, finding, problems, asker }: StoredCheck): View {
  return {
    checkedAt: checkedAt.toISOString(),
    finding,
    problems: problemsOf({ problems, finding }),
    askedBy: asker && (asker.officer ? fullNameOf(asker.officer) : asker.login),
  }
}
