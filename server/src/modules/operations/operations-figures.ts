import { Gauge } from '@visavis/platform/metrics'
import type { Registry } from '@visavis/platform/metrics'
import type { OperationsRepo } from './operations.repo.ts'
import type { Facts, Standing } from './state-rules.ts'

/** What is seen when figures are asked for; nothing of it is older than a few seconds. */
export type Seen = { readonly facts: Facts; readonly standings: readonly Standing[] }

type Parts = {
  readonly seen: () => Promise<Seen>
  readonly visits: OperationsRepo['visits']
}

/** A part that is not in use is neither well nor not. */
const STATE_NUMBERS = { OFF: -1, OK: 0, WARN: 1, BAD: 2 } as const
const MS = 1_000

/** Puts the figures of everything that the service stands on into a registry. */
export function measureOperations(registry: Registry, { seen, visits }: Parts): void {
  const gauge = gaugesOf(registry)
  gauge(
    {
      name: 'visavis_part_state',
      help: 'How each part fares: 0 well, 1 look at it, 2 bad, -1 not in use.',
      labels: ['part'],
    },
    async (set) => {
      const { standings } = await seen()
      for (const { part, state } of standings) set(STATE_NUMBERS[state], { part })
    },
  )
  measureJobs(gauge, seen)
  measureDatabase(gauge, seen)
  gauge(
    {
      name: 'visavis_visits',
      help: 'Visits under way, by the state of their session.',
      labels: ['state'],
    },
    async (set) => {
      for (const { state, count } of await visits().catch(() => [])) set(count, { state })
    },
  )
  const links = { mediaNodes: 'visavis_media_nodes', recorders: 'visavis_recorders' } as const
  for (const [kind, name] of Object.entries(links)) {
    gauge(
      {
        name,
        help: 'Those that the configuration names, by whether they can be used.',
        labels: ['state'],
      },
      async (set) => {
        const all = (await seen()).facts[kind as keyof typeof links]
        const ready = all.filter(Boolean).length
        set(ready, { state: 'ready' })
        set(all.length - ready, { state: 'lost' })
      },
    )
  }
}

type Set = (value: number, labels?: Record<string, string>) => void
type Named = { readonly name: string; readonly help: string; readonly labels?: readonly string[] }
type MakeGauge = (named: Named, fill: (set: Set) => Promise<void>) => void

/** Each is worked out when it is asked for, and shows nothing of what is gone since. */
function gaugesOf(registry: Registry): MakeGauge {
  return ({ name, help, labels = [] }, fill) => {
    new Gauge({
      ...{ name, help, labelNames: [...labels], registers: [registry] },
      async collect() {
        this.reset()
        await fill((value, given = {}) => this.set(given, value))
      },
    })
  }
}

function measureJobs(gauge: MakeGauge, seen: Parts['seen']): void {
  gauge(
    {
      name: 'visavis_jobs',
      help: 'Jobs by queue: due, being done, given up.',
      labels: ['queue', 'state'],
    },
    async (set) => {
      for (const { queue, waiting, active, failed } of (await seen()).facts.jobs ?? []) {
        set(waiting, { queue, state: 'waiting' })
        set(active, { queue, state: 'active' })
        set(failed, { queue, state: 'failed' })
      }
    },
  )
  gauge(
    {
      name: 'visavis_jobs_oldest_seconds',
      help: 'How long the oldest job of a queue has been due.',
      labels: ['queue'],
    },
    async (set) => {
      for (const { queue, oldestMs } of (await seen()).facts.jobs ?? [])
        set(oldestMs / MS, { queue })
    },
  )
  gauge(
    { name: 'visavis_notices_waiting', help: 'Mails and messages that are due and not sent.' },
    async (set) => {
      set((await seen()).facts.mail?.waiting ?? 0)
    },
  )
}

function measureDatabase(gauge: MakeGauge, seen: Parts['seen']): void {
  gauge({ name: 'visavis_database_up', help: 'Whether the database answers.' }, async (set) => {
    set((await seen()).facts.database === null ? 0 : 1)
  })
  gauge(
    { name: 'visavis_database_latency_seconds', help: 'How long a query takes that does nothing.' },
    async (set) => {
      const { database } = (await seen()).facts
      if (database) set(database.latencyMs / MS)
    },
  )
  gauge(
    {
      name: 'visavis_audit_lag_seconds',
      help: 'How old the oldest audit entry is that no checkpoint covers.',
      labels: ['checkpoint'],
    },
    async (set) => {
      const { audit, isAuditShipped } = (await seen()).facts
      if (!audit) return
      set(audit.lateMs / MS, { checkpoint: 'signed' })
      if (isAuditShipped) set(audit.shipLateMs / MS, { checkpoint: 'shipped' })
    },
  )
  gauge(
    {
      name: 'visavis_disk_free_bytes',
      help: 'Free on the fuller of the disks of recordings and documents.',
    },
    async (set) => {
      const { freeBytes } = (await seen()).facts
      if (freeBytes !== null) set(freeBytes)
    },
  )
}
