import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact } from '../../platform/transact.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import type { TerminalActor } from '../identity/index.ts'
import type { LifeEvents } from '../life-events/index.ts'
import type { PreflightRepo } from './preflight.repo.ts'
import { dueCheck, missedCheck } from './terminal-check-rules.ts'
import type { DueCheck } from './terminal-check-rules.ts'

type Deps = {
  readonly repo: PreflightRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly lifeEvents: Pick<LifeEvents, 'terminalTested'>
  readonly clock: Clock
  readonly log: Logger
}

/** What was tested for no visit is of use for a season. */
const KEPT_MS = 90 * 86_400_000
const WATCHER: AuditActor = { type: 'system', actorId: 'preflight.watch' }

/** Use cases of the tests that terminals make by themselves (LV-10). */
export type TerminalChecks = ReturnType<typeof createTerminalChecks>

export function createTerminalChecks(deps: Deps) {
  return {
    /** The test that the terminal owes now. */
    async due({ terminalId }: TerminalActor): Promise<DueCheck | null> {
      const now = deps.clock.now()
      const [facts] = await deps.repo.terminalFacts(now, terminalId)
      return facts ? dueCheck(facts, now) : null
    },
    /** Tells of each terminal that did not test itself in time: it may be off, or hang. */
    async watch(): Promise<void> {
      const now = deps.clock.now()
      for (const { facilityId, ...facts } of await deps.repo.terminalFacts(now)) {
        const missed = missedCheck(facts, now)
        if (missed) await tell({ facilityId, terminalId: facts.terminalId, missed }, deps)
      }
      await deps.repo.forget(new Date(now.getTime() - KEPT_MS))
    },
  }
}

type Missing = {
  readonly facilityId: string
  readonly terminalId: string
  readonly missed: DueCheck
}

async function tell(
  { facilityId, terminalId, missed }: Missing,
  { transact, lifeEvents, audit, log }: Deps,
): Promise<void> {
  const { visitId, cause } = missed
  const isNew = await transact(async (tx) => {
    const tested = { facilityId, terminalId, isBroken: true, visitId }
    if (!(await lifeEvents.terminalTested(tx, tested))) return false
    await audit.append(tx, {
      facilityId,
      actor: WATCHER,
      action: 'terminal.missedCheck',
      object: { type: 'terminal', objectId: terminalId },
      outcome: 'allow',
      detail: { cause, ...(visitId === null ? {} : { visitId }) },
    })
    return true
  })
  if (isNew) log.warn({ terminalId, cause }, 'terminal did not test itself')
}
