import { Refusal, errorCodeOf } from '@visavis/contract/errors'
import type { ErrorCode } from '@visavis/contract/errors'
import { sealKey } from '@visavis/contract/recording-key'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { Database } from '@visavis/prisma'
import { createSerialQueue } from '../../platform/serial-queue.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { CopyMakers, RecordingKeys, StoredKey } from '../recordings/index.ts'
import { derivedPath, jobOf } from './derivative-rules.ts'
import type { MadeProof } from './derivative-rules.ts'
import type { AskedDerivative, DerivativesRepo } from './derivatives.repo.ts'
import { hasMedia } from './kept-rules.ts'
import { lineOfTime } from './line-of-time-rules.ts'

/** A copy that a recorder has made. */
export type ToldMade = MadeProof & { readonly derivativeId: string; readonly visitId: string }

type Deps = {
  readonly db: Database
  readonly repo: DerivativesRepo
  readonly store: Pick<ObjectStore, 'remove'>
  readonly keys: Pick<RecordingKeys, 'open'>
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly grantSecret: string
  /** Makes the next manifests of the visit, which name the copy. */
  readonly sealAgain: (visitId: string) => Promise<void>
  readonly log: Logger
}

/** Has copies made, and takes in what becomes of them. */
export type DerivativeDesk = {
  readonly attach: (makers: CopyMakers) => void
  /** Something waits to be made; never rejects. */
  readonly settle: () => Promise<void>
  readonly close: () => void
}

/** What was asked for while no recorder, or no server, listened is asked for again this often. */
const RETRY_MS = 30_000

export function createDerivativeDesk(deps: Deps): DerivativeDesk {
  const { log } = deps
  const queue = createSerialQueue()
  let makers: CopyMakers | null = null
  const run = (derivativeId: string, work: () => Promise<unknown>): Promise<void> =>
    queue.run(derivativeId, work).then(
      () => undefined,
      (error: unknown) => log.error({ derivativeId, err: error }, 'a copy is not as it should be'),
    )
  const settleAll = (isAll: boolean): Promise<void> =>
    run(ALL, async () => {
      const to = makers
      if (to === null) return
      for (const derivativeId of await deps.repo.open({ isAll })) {
        await run(derivativeId, () => askFor(derivativeId, to, deps))
      }
    })
  const timer = setInterval(() => void settleAll(false), RETRY_MS)
  timer.unref()
  return {
    attach: (given) => {
      makers = given
      // It may have begun anew, and know nothing of what it was asked for.
      given.ready.on(() => void settleAll(true))
      given.progressed.on(({ derivativeId, share }) => {
        void run(derivativeId, () => deps.repo.progress(derivativeId, share))
      })
      given.made.on((told) => void run(told.derivativeId, () => takeMade(told, deps)))
      given.failed.on(({ derivativeId, why }) => {
        void run(derivativeId, () => takeFailed(derivativeId, why, deps))
      })
      void settleAll(true)
    },
    settle: () => settleAll(false),
    close: () => clearInterval(timer),
  }
}

/** The queue of those who look for what waits. */
const ALL = 'all'

async function askFor(derivativeId: string, makers: CopyMakers, deps: Deps): Promise<void> {
  const row = await deps.repo.one(deps.db, derivativeId)
  const line = row && lineOfTime(row.visit.recordings)
  if (!row || (row.state !== 'WAITING' && row.state !== 'BEING_MADE')) return
  try {
    if (!line) throw new Refusal('RECORDING_DESTROYED')
    const sealedKeys = await sealedKeysOf(row, deps)
    await makers.derive(jobOf(row, line, sealedKeys))
    await deps.repo.begun(derivativeId)
  } catch (error) {
    const code = errorCodeOf(error)
    if (FOR_LATER.has(code)) deps.log.warn({ derivativeId, code }, 'a copy waits')
    else await takeFailed(derivativeId, code, deps)
  }
}

/** No recorder, no database, no key folder: none of them is the copy's fault. */
const FOR_LATER: ReadonlySet<ErrorCode> = new Set([
  'RECORDER_UNAVAILABLE',
  'DEPENDENCY_FAILED',
  'INTERNAL',
])

/** Every key that the job needs, each entered in the log before it is opened, sealed for the way. */
async function sealedKeysOf(row: AskedDerivative, deps: Deps): Promise<Map<string, string>> {
  const { transact, audit, keys, grantSecret: secret } = deps
  const stored = storedKeysOf(row)
  const { facilityId, visitId } = row.visit
  await transact(async (tx) => {
    for (const { objectId } of stored) {
      await audit.append(tx, {
        facilityId,
        actor: { type: 'system', actorId: 'reviews' },
        action: 'recording.key',
        object: { type: 'recording', objectId, visitId },
        outcome: 'allow',
        detail: { derivativeId: row.derivativeId },
      })
    }
  })
  const sealed = new Map<string, string>()
  for (const one of stored) {
    const key = await keys.open(one)
    sealed.set(one.objectId, await sealKey(key, { secret, objectId: one.objectId }))
    key.fill(0)
  }
  return sealed
}

/** The originals' keys and the copy's own; refuses when one of them is gone. */
function storedKeysOf({ derivativeId, kekId, wrapped, visit }: AskedDerivative): StoredKey[] {
  const { facilityId } = visit
  if (kekId === null || wrapped === null) throw new Refusal('RECORDING_DESTROYED')
  const own = { objectId: derivativeId, facilityId, kekId, wrapped }
  const originals = visit.recordings.filter(hasMedia).map(({ recordingId, key }) => {
    if (!key) throw new Refusal('RECORDING_DESTROYED')
    return { objectId: recordingId, facilityId, ...key }
  })
  return [own, ...originals]
}

/** Told at least once: a copy that is made already stays as it is. */
async function takeMade(told: ToldMade, deps: Deps): Promise<void> {
  const { db, repo, store, transact, audit, clock, log } = deps
  const { derivativeId, visitId, ...made } = told
  const row = await repo.one(db, derivativeId)
  if (row?.visitId !== visitId) return
  if (row.wrapped === null) {
    // Destroyed while it was made: nobody can open it, and nothing of it is to stay.
    await store.remove(derivedPath(visitId, made.proof.file))
    return takeFailed(derivativeId, 'RECORDING_DESTROYED', deps)
  }
  const isNew = await transact(async (tx) => {
    if (!(await repo.made(tx, derivativeId, { madeAt: clock.now(), proof: { ...made } })))
      return false
    await audit.append(tx, {
      facilityId: row.visit.facilityId,
      actor: { type: 'system', actorId: 'reviews' },
      action: 'derivative.made',
      object: { type: 'derivative', objectId: derivativeId, visitId },
      outcome: 'allow',
      detail: { sha256: made.proof.sha256, tool: made.tool, from: made.roots },
    })
    return true
  })
  if (!isNew) return
  log.info({ derivativeId, visitId, bytes: made.proof.bytes }, 'copy made')
  await deps.sealAgain(visitId)
}

async function takeFailed(derivativeId: string, why: string, deps: Deps): Promise<void> {
  const { db, repo, transact, audit, log } = deps
  const row = await repo.one(db, derivativeId)
  if (!row) return
  const { visitId, facilityId } = row.visit
  const isNew = await transact(async (tx) => {
    if (!(await repo.failed(tx, derivativeId, why))) return false
    await audit.append(tx, {
      facilityId,
      actor: { type: 'system', actorId: 'reviews' },
      action: 'derivative.fail',
      object: { type: 'derivative', objectId: derivativeId, visitId },
      outcome: 'error',
      reason: why,
    })
    return true
  })
  if (isNew) log.error({ derivativeId, visitId, why }, 'copy not made')
}
