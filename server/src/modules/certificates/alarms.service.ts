import { createHash } from 'node:crypto'
import type { CanaryCheck } from '@visavis/contract/census-control'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact, Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { AlarmsRepo } from './alarms.repo.ts'

type Deps = {
  readonly repo: AlarmsRepo
  readonly transact: Transact
  readonly audit: Audit
  readonly tasks: Tasks
  readonly clock: Clock
  readonly log: Logger
}

/** A room that was closed for what was found in it. */
export type Violation = { readonly visitId: string; readonly epoch: number; readonly what: string }

const WATCH = { type: 'system', actorId: 'media-watch' } as const

/** What follows when something was found in a room that may not be there (OV-8). */
export type Alarms = ReturnType<typeof createAlarms>

export function createAlarms(deps: Deps) {
  const { repo, transact, tasks, clock, log } = deps
  return {
    /** Once for each epoch: a task for the facility and an entry in its log. Whether it was new. */
    async violated(violation: Violation): Promise<boolean> {
      const { visitId, epoch, what } = violation
      const facilityId = await repo.facilityOf(visitId)
      if (facilityId === null) return false
      const isNew = await transact(async (tx) => {
        if (await repo.isRaised(tx, violation)) return false
        await openTask(tx, { facilityId, visitId }, deps)
        await enterViolation(tx, { facilityId, ...violation }, deps)
        return true
      })
      if (isNew) log.error({ visitId, epoch, what }, 'alarm: a visit was violated')
      return isNew
    },
    /** A canary got through somewhere: a task for every facility, until one holds there again. */
    async canary(tx: Tx, run: { url: string; isOk: boolean }): Promise<void> {
      const about = { kind: 'WATCH_ALARM', subjectId: subjectOf(run.url) } as const
      if (run.isOk) await tasks.close(tx, { ...about, doneBy: null, resolution: 'CANARY_HELD' })
      else {
        for (const facilityId of await repo.facilityIds()) {
          const task = { facilityId, ...about, suggestion: 'REVIEW', dueAt: clock.now() }
          await tasks.open(tx, task)
        }
      }
    },
  }
}

async function openTask(
  tx: Tx,
  about: { facilityId: string; visitId: string },
  { tasks, clock }: Deps,
): Promise<void> {
  const dueAt = clock.now()
  await tasks.open(tx, { ...about, kind: 'WATCH_ALARM', suggestion: 'REVIEW', dueAt })
}

async function enterViolation(
  tx: Tx,
  { facilityId, visitId, epoch, what }: Violation & { facilityId: string },
  { audit }: Deps,
): Promise<void> {
  await audit.append(tx, {
    facilityId,
    actor: WATCH,
    action: 'room.violated',
    object: { type: 'visit', objectId: visitId, visitId },
    outcome: 'deny',
    detail: { epoch, what },
  })
}

const UUID_PARTS = [8, 12, 16, 20, 32]

/** The same id for the same media node, so that one open task stands for it: a UUID of form 8 (RFC 9562). */
export function subjectOf(url: string): string {
  const hex = createHash('sha256').update(`canary ${url}`).digest('hex').slice(0, 32)
  const marked = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17)}`
  return UUID_PARTS.map((end, index) => marked.slice(UUID_PARTS[index - 1] ?? 0, end)).join('-')
}

/** Whether every check held; none at all is no canary. */
export function hasHeld(checks: readonly Pick<CanaryCheck, 'isOk'>[]): boolean {
  return checks.length > 0 && checks.every(({ isOk }) => isOk)
}
