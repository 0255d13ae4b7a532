import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fastifyCookie } from '@fastify/cookie'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { panic } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import type { ServerConfig } from './config.ts'
import { attachLive } from './live.ts'
import { createAudit } from './modules/audit/index.ts'
import { createIdentity } from './modules/identity/index.ts'
import { addHealth } from './platform/health.ts'
import { sendError } from './platform/http-errors.ts'
import { addSecurity } from './platform/http-security.ts'
import { createJobs } from './platform/jobs.ts'
import type { Jobs } from './platform/jobs.ts'
import { addOpenApi } from './platform/openapi.ts'
import { addClients } from './platform/static-clients.ts'
import type { ClientFolders } from './platform/static-clients.ts'
import { addRoutes } from './routes.ts'

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- Fastify is extended by merging.
  interface FastifyInstance {
    /** Work by the clock and after the act; set-up and tests run one at once. */
    readonly jobs: Jobs
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
  const audit = createAudit(clock)
  const identity = createIdentity({ db, audit, clock, isSecure: config.isSecure })
  // Its parser, which sockets use too, works from here on.
  await app.register(fastifyCookie)
  await addSecurity(app, config)
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
  const live = await attach({ http: app.server, config, db, clock, log, identity, scheduling })
  addHealth(app, { database: () => db.$queryRaw`SELECT 1`, live: live.health })
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
    // Never the caller's own: what stands in our logs is ours.
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoutes: false,
    frameworkErrors: sendError,
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
