import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { CareRepo } from './care.repo.ts'
import type { CheckpointsRepo } from './checkpoints.repo.ts'
import { logOf } from './log-name.ts'
import { LATE_AFTER_MS } from './shipping.service.ts'
import type { Shipping } from './shipping.service.ts'
import type { TimeStamps } from './time-stamps.service.ts'

type Deps = {
  readonly db: Database
  readonly repo: CheckpointsRepo
  readonly care: CareRepo
  readonly shipping: Pick<Shipping, 'hasPlace'>
  readonly stamps: Pick<TimeStamps, 'isOn'>
  readonly clock: Clock
}

/** How the logs are looked after, in figures for an operator. */
export type AuditHealth = {
  /** Whether checkpoints are sent to a second place. */
  readonly isShipped: boolean
  readonly isStamped: boolean
  /** Whether a checkpoint waits longer than five minutes for its second place. */
  readonly isLate: boolean
  /** When the oldest entry or checkpoint was written that nothing vouches for yet; null: all is vouched for. */
  readonly waitingSince: Date | null
  readonly lastStampAt: Date | null
}

/** The state of the logs' checkpoints, witnesses, stamps and checks. */
export type CareState = ReturnType<typeof createCareState>

export function createCareState(deps: Deps) {
  const { care, shipping, stamps } = deps
  return {
    async ofLogs(logs: readonly { readonly log: string; readonly name: string | null }[]) {
      const lastStamp = await care.lastStamp()
      const states = []
      for (const one of logs) states.push({ ...one, ...(await stateOf(logOf(one.log), deps)) })
      return {
        logs: states,
        isShipped: shipping.hasPlace,
        isStamped: stamps.isOn,
        lastStampAt: lastStamp?.stampedAt.toISOString() ?? null,
      }
    },
    health: async (): Promise<AuditHealth> => {
      const waitingSince = await oldestWaiting(deps)
      const waitedMs = waitingSince ? deps.clock.now().getTime() - waitingSince.getTime() : 0
      return {
        isShipped: shipping.hasPlace,
        isStamped: stamps.isOn,
        isLate: waitedMs > LATE_AFTER_MS,
        waitingSince,
        lastStampAt: (await care.lastStamp())?.stampedAt ?? null,
      }
    },
  }
}

async function stateOf(log: string, { db, repo, care }: Deps) {
  const newest = await repo.newest(log)
  const verification = await care.lastVerification(log)
  return {
    size: (await repo.head(db, log))?.size ?? 0,
    checkpoint: newest && {
      size: newest.size,
      signedAt: newest.signedAt.toISOString(),
      shippedAt: newest.shippedAt?.toISOString() ?? null,
    },
    witnesses: (await repo.witnessed(log)).map(({ at, ...one }) => ({
      ...one,
      at: at.toISOString(),
    })),
    verification: verification && {
      checkedAt: verification.checkedAt.toISOString(),
      size: Number(verification.size),
      badSeq: verification.badSeq === null ? null : Number(verification.badSeq),
      fault: verification.fault,
    },
  }
}

async function oldestWaiting({ repo, shipping }: Deps): Promise<Date | null> {
  const [unshipped] = shipping.hasPlace ? await repo.unshipped(1) : []
  const unsigned = await oldestUnsigned(repo)
  const times = [unshipped?.signedAt, unsigned].filter((time) => time instanceof Date)
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
}

/** When the oldest entry was written that no checkpoint covers, of all logs. */
async function oldestUnsigned(repo: CheckpointsRepo): Promise<Date | null> {
  const times: Date[] = []
  for (const { log, size } of await repo.heads()) {
    const signed = (await repo.newest(log))?.size ?? 0
    const at = signed < size ? await repo.timeOf(log, signed + 1) : null
    if (at) times.push(at)
  }
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
}
