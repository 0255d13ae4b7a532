import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { openKey } from '@visavis/contract/recording-key'
import type { DerivativeKeys } from './derive/deriver.ts'
import type { RecorderKit } from './recorder-kit.ts'
import { explain } from './recording-failure.ts'

/** Begins a copy, or joins the same job, and tells what becomes of it. Refuses keys that are bound to something else. */
export async function derive(kit: RecorderKit, job: DerivativeJob): Promise<void> {
  const { copies, grantSecret } = kit
  const keys = await openKeys(job, grantSecret)
  if (copies.has(job.derivativeId)) return
  copies.add(job.derivativeId)
  void make(kit, job, keys).finally(() => copies.delete(job.derivativeId))
}

async function openKeys(job: DerivativeJob, secret: string): Promise<DerivativeKeys> {
  const recordings = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const { recordingId, sealedKey } of job.from) {
    recordings.set(recordingId, await openKey(sealedKey, { secret, objectId: recordingId }))
  }
  const derivative = await openKey(job.sealedKey, { secret, objectId: job.derivativeId })
  return { derivative, recordings }
}

async function make(kit: RecorderKit, job: DerivativeJob, keys: DerivativeKeys): Promise<void> {
  const { derivativeId, visitId } = job
  const { deriver, tell, log, closing } = kit
  try {
    const { roots, ...made } = await deriver.make(job, keys)
    log.info({ derivativeId, visitId, bytes: made.proof.bytes }, 'copy made')
    tell('derivative:made', { derivativeId, visitId, ...made, roots: [...roots] })
  } catch (error) {
    if (closing.signal.aborted) return
    log.error({ derivativeId, visitId, cause: explain(error) }, 'copy not made')
    tell('derivative:failed', { derivativeId, why: explain(error).slice(0, WHY_CHARACTERS) })
  } finally {
    for (const key of [keys.derivative, ...keys.recordings.values()]) key.fill(0)
  }
}

/** As the contract has it. */
const WHY_CHARACTERS = 200
