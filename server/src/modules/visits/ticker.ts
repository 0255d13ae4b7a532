import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createSignal } from '../../platform/signal.ts'
import type { Signal } from '../../platform/signal.ts'
import { settle } from './settle-rules.ts'
import type { VisitActs } from './visit-acts.ts'
import type { OpenVisit, VisitHall } from './visit-hall.ts'
import { isUnderWay } from './visit-record.ts'
import type { VisitsRepo } from './visits.repo.ts'

/** One look a second is what people can read off a clock. */
const TICK_MS = 1_000
/** A server that dies loses at most this much of its own note of the delivered time; the SFU keeps it too. */
const STORE_EVERY_TICKS = 5
/** A visit to which nobody came may wait this long for its outcome. */
const SWEEP_EVERY_TICKS = 15

/** Time, as far as visits feel it: one interval for all of them. */
export type Ticker = {
  /** Once a second for each visit under way. */
  readonly ticked: Signal<OpenVisit>
  /** One second's work; tests call it with a clock of their own. */
  readonly tick: () => Promise<void>
  readonly start: () => void
  readonly stop: () => void
}

type Deps = {
  readonly hall: VisitHall
  readonly acts: VisitActs
  readonly repo: VisitsRepo
  readonly clock: Clock
  readonly log: Logger
}

export function createTicker(deps: Deps): Ticker {
  const { hall, clock, log } = deps
  const ticked = createSignal<OpenVisit>()
  let count = 0
  let timer: NodeJS.Timeout | null = null
  let isTicking = false

  const tick = async (): Promise<void> => {
    count += 1
    hall.age(clock.now())
    const underWay = hall.all().filter(({ visit }) => isUnderWay(visit.session.state))
    underWay.forEach((open) => ticked.emit(open))
    await actWhereDue(deps)
    if (count % STORE_EVERY_TICKS === 0) await storeClocks(deps)
    if (count % SWEEP_EVERY_TICKS === 1) await sweep(deps)
  }
  /** A slow database makes ticks late, never two at once. */
  const tickUnlessBusy = (): void => {
    if (isTicking) return
    isTicking = true
    const work = tick().catch((error: unknown) => log.error({ err: error }, 'tick failed'))
    void work.finally(() => {
      isTicking = false
    })
  }
  return {
    ticked,
    tick,
    start: () => {
      timer ??= setInterval(tickUnlessBusy, TICK_MS)
    },
    stop: () => {
      if (timer) clearInterval(timer)
      timer = null
    },
  }
}

/** Acts only where something follows, so that a quiet second costs no query. */
async function actWhereDue(deps: Deps): Promise<void> {
  const { hall, acts } = deps
  const due = hall.all().filter(({ visit }) => settle(acts.situationOf(visit)).length > 0)
  await forEach(deps, due.map(idOf), (visitId) => acts.act({ visitId }))
}

async function storeClocks(deps: Deps): Promise<void> {
  const { hall, repo } = deps
  const unstored = hall.all().filter((open) => open.deliveredMs > open.visit.session.deliveredMs)
  await forEach(deps, unstored.map(idOf), (visitId) =>
    repo.storeDelivered(visitId, hall.get(visitId)?.deliveredMs ?? 0),
  )
  const seen = hall.all().filter(({ flow }) => flow.unstored().length > 0)
  await forEach(deps, seen.map(idOf), (visitId) => storeFlow(deps, visitId))
}

async function storeFlow({ hall, repo }: Deps, visitId: string): Promise<void> {
  const flow = hall.get(visitId)?.flow
  const stretches = flow?.unstored() ?? []
  await repo.storeFlow(visitId, stretches)
  flow?.stored(stretches)
}

/** Ends visits to which nobody came: they are in no server's hall. */
async function sweep(deps: Deps): Promise<void> {
  const { acts, repo, clock } = deps
  await forEach(deps, await repo.overdue(clock.now()), (visitId) => acts.act({ visitId }))
}

/** One visit's failure is logged and keeps no other from its turn. */
async function forEach(
  { log }: Deps,
  visitIds: readonly string[],
  task: (visitId: string) => Promise<unknown>,
): Promise<void> {
  const tryOne = async (visitId: string): Promise<void> => {
    await task(visitId).catch((error: unknown) => log.error({ visitId, err: error }, 'tick failed'))
  }
  await Promise.all(visitIds.map(tryOne))
}

function idOf({ visit }: OpenVisit): string {
  return visit.visitId
}
