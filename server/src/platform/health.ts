import type { FastifyInstance } from 'fastify'

/** Asks one dependency; throws or answers false when it is not there. */
export type HealthChecks = {
  /** Resolves when the database answers. */
  readonly database: () => Promise<unknown>
  /** The live side's dependencies by name; `false` in any place of it means not reachable. */
  readonly live: () => Record<string, unknown>
}

const UNAVAILABLE = 503

/** `/healthz`: the process runs. `/readyz`: everything it needs is reachable; JSON of each. */
export function addHealth(app: FastifyInstance, checks: HealthChecks): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const isDatabaseThere = await checks.database().then(
      () => true,
      () => false,
    )
    const parts = { database: isDatabaseThere, ...checks.live() }
    const ok = isEverywhereWell(parts)
    return reply.code(ok ? 200 : UNAVAILABLE).send({ ok, ...parts })
  })
}

/** Whether no `false` stands anywhere in a report. */
export function isEverywhereWell(report: unknown): boolean {
  if (typeof report === 'object' && report !== null) {
    return Object.values(report).every(isEverywhereWell)
  }
  return report !== false
}
