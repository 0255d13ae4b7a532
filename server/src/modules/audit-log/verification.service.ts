import { setImmediate } from 'node:timers/promises'
import type { ChainVerdict } from '@visavis/prisma'
import type { Clock } from '@visavis/platform/clock'
import { newId } from '../../platform/ids.ts'
import { createChainCheck } from '../audit/index.ts'
import type { AuditAlarms } from './alarms.service.ts'
import type { CareRepo } from './care.repo.ts'
import type { CheckpointsRepo } from './checkpoints.repo.ts'
import type { EntriesRepo } from './entries.repo.ts'

type Deps = {
  readonly checkpoints: Pick<CheckpointsRepo, 'heads'>
  readonly entries: Pick<EntriesRepo, 'page'>
  readonly care: Pick<CareRepo, 'addVerification'>
  readonly alarms: AuditAlarms
  readonly clock: Clock
}

/** Entries that are read at once. */
const PAGE = 2_000

/** Reads every log as a stranger would, at night, and says what came of it. */
export function createVerification({ checkpoints, entries, care, alarms, clock }: Deps) {
  return {
    async all(): Promise<void> {
      for (const { log, size } of await checkpoints.heads()) {
        const verdict = await verdictOf(log, size, entries)
        const [badSeq, fault] = verdict.isWhole ? [null, null] : [verdict.seq, verdict.fault]
        const checkedAt = clock.now()
        const row = { verificationId: newId(), log, size: BigInt(size), checkedAt, badSeq, fault }
        await care.addVerification(row)
        if (!verdict.isWhole) await alarms.raise(log, 'BROKEN')
      }
    },
  }
}

async function verdictOf(
  log: string,
  size: number,
  entries: Pick<EntriesRepo, 'page'>,
): Promise<ChainVerdict> {
  const check = createChainCheck(log)
  for (let after = 0; after < size;) {
    const page = await entries.page(log, { after, to: size, take: PAGE })
    for (const entry of page) check.add(entry)
    const last = page.at(-1)
    if (!last || check.isBroken()) break
    after = last.seq
    // Requests have their turn between two pages.
    await setImmediate()
  }
  return check.verdict(size)
}
