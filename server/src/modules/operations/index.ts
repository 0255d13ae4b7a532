import { routes } from '@visavis/contract/http'
import type { Registry } from '@visavis/platform/metrics'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { look } from './look.ts'
import type { LiveHealth } from './look.ts'
import { measureOperations } from './operations-figures.ts'
import type { Seen } from './operations-figures.ts'
import { createOperationsRepo } from './operations.repo.ts'
import { findingsOf, standingsOf } from './state-rules.ts'
import type { Standing } from './state-rules.ts'

export type { LiveHealth }

/** What operators learn of the service: a page that says what is wrong, and figures. */
export type Operations = {
  /** From here on also what the live side says; looks by itself until {@link Operations.close}, and shows figures. */
  readonly attach: (health: () => LiveHealth, registry: Registry) => void
  /** Idempotent. */
  readonly close: () => void
}

/** Whoever opens the page sees nothing older; several who ask at once cost one look. */
const FRESH_MS = 5_000
/** How exact "since when" is. */
const LOOK_EVERY_MS = 15_000

/** Puts the operator's page on the server, and looks after what it tells. */
export function addOperations(ground: ModuleGround, { store }: { store: ObjectStore }): Operations {
  const { bind, db, clock, config, log } = ground
  const repo = createOperationsRepo(db)
  let live: (() => LiveHealth) | null = null
  const watch = createWatch(
    () => look({ config, repo, store, clock, live: () => live?.() ?? null }),
    {
      now: () => clock.now(),
      noteChange: (each) => noteChange(log.child({ module: 'operations' }), each),
    },
  )
  let timer: ReturnType<typeof setInterval> | undefined
  bind(routes.operations, async () => {
    const { standings, at } = await watch.seen()
    return {
      checkedAt: at.toISOString(),
      parts: standings.map(({ since, figures, ...standing }) => ({
        ...{ ...standing, since: since.toISOString(), figures: { ...figures } },
      })),
    }
  })
  return {
    attach(health, registry) {
      live = health
      measureOperations(registry, { seen: watch.seen, visits: repo.visits })
      timer ??= setInterval(() => void watch.seen(), LOOK_EVERY_MS).unref()
    },
    close: () => clearInterval(timer),
  }
}

function noteChange(log: ModuleGround['log'], { part, state, reason }: Standing): void {
  if (state === 'OK' || state === 'OFF') log.info({ part, state }, 'a part of the service is well')
  else log.warn({ part, state, reason }, 'a part of the service is not well')
}

type Noted = { readonly now: () => Date; readonly noteChange: (standing: Standing) => void }
type SeenAt = Seen & { readonly at: Date }

/** Remembers since when each part is as it is; one look at a time. */
function createWatch(
  lookNow: () => Promise<Seen['facts']>,
  { now, noteChange: note }: Noted,
): { readonly seen: () => Promise<SeenAt> } {
  let latest: { readonly seen: Promise<SeenAt>; readonly atMs: number } | null = null
  let before: readonly Standing[] = []
  const lookAgain = async (): Promise<SeenAt> => {
    const facts = await lookNow()
    const at = now()
    const standings = standingsOf(findingsOf(facts), before, at)
    for (const each of standings) if (isNews(each, before)) note(each)
    before = standings
    return { facts, standings, at }
  }
  return {
    seen() {
      if (latest && performance.now() - latest.atMs < FRESH_MS) return latest.seen
      latest = { seen: lookAgain(), atMs: performance.now() }
      return latest.seen
    },
  }
}

/** At the start only what is not well is news. */
function isNews({ part, state, since }: Standing, before: readonly Standing[]): boolean {
  const known = before.find((each) => each.part === part)
  return known ? known.since !== since : state === 'WARN' || state === 'BAD'
}
