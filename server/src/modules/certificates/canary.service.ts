import { panic } from '@visavis/contract/errors'
import type { CanaryCheck } from '@visavis/contract/census-control'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact, Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import type { Canary } from '../rooms/index.ts'
import { hasHeld } from './alarms.service.ts'
import type { Alarms } from './alarms.service.ts'
import type { CanaryRepo, CanaryResult } from './canary.repo.ts'

type Deps = {
  readonly repo: CanaryRepo
  readonly alarms: Pick<Alarms, 'canary'>
  readonly transact: Transact
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
}

/** A server that starts reaches its media nodes within seconds. */
const READY_WITHIN_MS = 15_000

/** Runs the canary of every media node that can be reached; each result is kept, and what fails alarms. */
export async function runCanaries(canaries: readonly Canary[], deps: Deps): Promise<void> {
  for (const canary of canaries) {
    // A node that is away has nothing to prove; the next run asks it.
    if (await canary.whenReady(READY_WITHIN_MS)) await runOne(canary, deps)
    else deps.log.warn({ url: canary.url }, 'canary: media node cannot be reached')
  }
}

async function runOne({ url, run }: Canary, deps: Deps): Promise<void> {
  const { transact, repo, alarms, clock, log } = deps
  const ranAt = clock.now()
  const checks = await run().catch((error: unknown): readonly CanaryCheck[] => {
    log.error({ url, err: error }, 'canary: it could not be run to its end')
    return []
  })
  const result = { mediaNode: url, ranAt, isOk: hasHeld(checks), checks }
  await transact(async (tx) => {
    const canaryRunId = await repo.add(tx, result)
    await alarms.canary(tx, { url, isOk: result.isOk })
    await enter(tx, { ...result, canaryRunId }, deps)
  })
  const failed = checks.filter(({ isOk }) => !isOk).map(({ name }) => name)
  if (result.isOk) log.info({ url }, 'canary: every attack was held')
  else log.error({ url, failed }, 'alarm: a canary failed')
}

async function enter(
  tx: Tx,
  { canaryRunId, isOk, checks }: CanaryResult & { canaryRunId: string },
  { audit }: Deps,
): Promise<void> {
  const failed = checks.filter((check) => !check.isOk).map(({ name }) => name)
  await audit.append(tx, {
    facilityId: null,
    actor: SERVER,
    action: 'canary.run',
    object: { type: 'canaryRun', objectId: canaryRunId },
    outcome: isOk ? 'allow' : 'error',
    detail: { checks: checks.length, failed },
  })
}

/** What is there only once the live side of the server is: the canaries of its media nodes. */
export function createCanaryPort() {
  let canaries: (() => readonly Canary[]) | null = null
  return {
    attach(found: () => readonly Canary[]): void {
      if (canaries !== null) panic('canaries are attached twice')
      canaries = found
    },
    /** None while no live side is there. */
    all: (): readonly Canary[] => canaries?.() ?? [],
  }
}
