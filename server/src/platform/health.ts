import type { FastifyInstance } from 'fastify'

/** Processes that the server drives: each by whether it can be used now. */
type Links = readonly { readonly isReady: boolean }[]

/** What is asked whether the server can do its work. */
export type HealthChecks = {
  /** Resolves when the database answers. */
  readonly database: () => Promise<unknown>
  readonly live: () => { readonly mediaNodes: Links; readonly recorders: Links }
  /** How staff sign in; told, so that nobody overlooks a service that is open for demonstrations. */
  readonly staffSignIn: string
}

const OK = 200
const UNAVAILABLE = 503

/**
 * `/healthz`: the process runs. `/readyz`: everything it needs is reachable, or the reasons why not, by code.
 * No addresses: it may be seen from outside.
 */
export function addHealth(app: FastifyInstance, checks: HealthChecks): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const database = await checks.database().then(
      () => true,
      () => false,
    )
    const { mediaNodes, recorders } = checks.live()
    const reasons = [
      ...(database ? [] : ['DATABASE_UNREACHABLE']),
      ...(mediaNodes.every(isReady) ? [] : ['MEDIA_NODE_UNREACHABLE']),
      ...(recorders.every(isReady) ? [] : ['RECORDER_UNREACHABLE']),
    ]
    const ok = reasons.length === 0
    const links = { mediaNodes: bare(mediaNodes), recorders: bare(recorders) }
    const { staffSignIn } = checks
    return reply.code(ok ? OK : UNAVAILABLE).send({ ok, reasons, database, ...links, staffSignIn })
  })
}

const isReady = (link: { readonly isReady: boolean }): boolean => link.isReady
const bare = (links: Links): Links => links.map((link) => ({ isReady: link.isReady }))
