import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import { fastifyCookie } from '@fastify/cookie'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { panic } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import { createMetrics } from '@visavis/platform/metrics'
import type { Registry } from '@visavis/platform/metrics'
import type { Database } from '@visavis/prisma'
import type { ServerConfig } from './config.ts'
import { attachLive } from './live.ts'
import { createAudit } from './modules/audit/index.ts'
import { createIdentity } from './modules/identity/index.ts'
import { addBrowserReports } from './platform/browser-reports.ts'
import { addHealth } from './platform/health.ts'
import { sendError } from './platform/http-errors.ts'
import { addHttpMetrics } from './platform/http-metrics.ts'
import { addSecurity, armourBare } from './platform/http-security.ts'
import { createJobs } from './platform/jobs.ts'
import type { Jobs } from './platform/jobs.ts'
import { addTextRules } from './platform/null-characters.ts'
import { addOpenApi } from './platform/openapi.ts'
import { listRoutes } from './platform/registered-routes.ts'
import type { RegisteredRoute } from './platform/registered-routes.ts'
import { addClients } from './platform/static-clients.ts'
import type { ClientFolders } from './platform/static-clients.ts'
import { addTracing, requestIdOf } from './platform/tracing.ts'
import { addRoutes } from './routes.ts'

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- Fastify is extended by merging.
  interface FastifyInstance {
    /** Work by the clock and after the act; set-up and tests run one at once. */
    readonly jobs: Jobs
    /** The figures of this process. */
    readonly metrics: Registry
    /** Every route that this server answers to. */
    readonly registered: readonly RegisteredRoute[]
  }
}

/** The largest body that any route of ours has a use for, many times over. */
const BODY_LIMIT_BYTES = 65_536

/** Where `npm start` builds them. */
const BUILT_CLIENTS: ClientFolders = {
  web: fileURLToPath(new URL('../../web-client/dist', import.meta.url)),
  kiosk: fileURLToPath(new URL('../../kiosk-client/dist', import.meta.url)),
}

/** What the server stands on; tests bring their own clock and folders. */
export type AppDependencies = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Logger
  /** The live side, where a test wants another than the real one. */
  readonly attachLive?: typeof attachLive
  readonly clients?: ClientFolders
  /** Whether this server also does the jobs, or only puts them down; absent: it does. */
  readonly jobs?: 'run' | 'send-only'
}

/** The whole server, ready to `listen` or `inject`. Closing it closes the live side; the database stays open. */
export async function buildApp(
  config: ServerConfig,
  given: AppDependencies,
): Promise<FastifyInstance> {
  const { db, clock, log } = given
  const app = createFastify(config, log)
  const metrics = createMetrics()
  app.decorate('metrics', metrics)
  app.decorate('registered', listRoutes(app))
  const audit = createAudit(clock)
  const identity = createIdentity({ db, audit, clock, config })
  // Its parser, which sockets use too, works from here on.
  await app.register(fastifyCookie)
  addTracing(app)
  addTextRules(app)
  addHttpMetrics(app, metrics)
  await addSecurity(app, config)
  await addBrowserReports(app, config.publicOrigin)
  await addOpenApi(app)
  const jobs = createJobs({
    databaseUrl: config.databaseUrl,
    log: log.child({ module: 'jobs' }),
  })
  const scheduling = await inScope(app, (scope) =>
    addRoutes(scope, { config, db, clock, audit, identity, log, jobs }),
  )
  app.decorate('jobs', jobs)
  await startJobs(jobs, { db, mode: given.jobs ?? 'run' })
  await addClients(app, given.clients ?? BUILT_CLIENTS)
  const attach = given.attachLive ?? attachLive
  const live = await attach({
    http: app.server,
    config,
    db,
    clock,
    log,
    identity,
    scheduling,
    metrics,
  })
  scheduling.operations.attach(live.health, metrics)
  const { staffSignIn } = config
  addHealth(app, { database: () => db.$queryRaw`SELECT 1`, live: live.health, staffSignIn })
  // Before the HTTP server closes, which waits for open sockets.
  app.addHook('preClose', async () => {
    await jobs.stop()
    await live.close()
  })
  await app.ready()
  return app
}

/** Whatever happened while no server ran, there are slots to book from the first minute on (BK-7). */
async function startJobs(
  jobs: Jobs,
  { db, mode }: { db: Database; mode: 'run' | 'send-only' },
): Promise<void> {
  await jobs.start(mode)
  if (mode === 'run') await jobs.send(db, 'slots.fill', {}, { singletonKey: 'start' })
}

function createFastify(config: ServerConfig, log: Logger): FastifyInstance {
  const options = {
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: (request: IncomingMessage) => requestIdOf(request, config),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: config.trustedProxies.length > 0 && [...config.trustedProxies],
    exposeHeadRoutes: false,
    // No hook of ours has run yet.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      armourBare(config, request, reply)
      return sendError(error, request, reply)
    },
  }
  const { tls } = config
  const https = tls && { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }
  // Fastify types HTTPS as another instance; nothing of ours can tell the two apart.
  const app = (https ? Fastify({ ...options, https }) : Fastify(options)) as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(sendError)
  return app
}

/** What `work` makes on a part of the app that has hooks and parsers of its own. */
async function inScope<Made>(
  app: FastifyInstance,
  work: (scope: FastifyInstance) => Made,
): Promise<Made> {
  const made: Made[] = []
  await app.register(async (scope) => void made.push(work(scope)))
  return made[0] ?? panic('the routes were not put on the server')
}
