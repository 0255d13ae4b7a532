import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createLogger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { buildApp } from '../../../../server/src/app.ts'
import type { AppDependencies } from '../../../../server/src/app.ts'
import type { ServerConfig } from '../../../../server/src/config.ts'
import { speakForPages } from '../../../support/test-terminals.ts'
import { movableClock } from './movable-clock.ts'
import type { MovableClock } from './movable-clock.ts'
import { aServerConfig, removeFilesOf } from './server-config.ts'

/** The server's REST side on a database of its own; nothing listens, requests are injected. */
export type RestWorld = {
  readonly app: FastifyInstance
  readonly jobs: FastifyInstance['jobs']
  readonly db: Database
  readonly clock: MovableClock
  readonly config: ServerConfig
  /** Another server on the same database. */
  readonly another: (
    changes: Partial<ServerConfig>,
    given?: Partial<AppDependencies>,
  ) => Promise<FastifyInstance>
  readonly close: () => Promise<void>
}

/** As much of a WebP file as nobody looks at. */
export const A_STILL = new TextEncoder().encode('RIFF')

/** The live side has its own tests; here nobody is connected. */
const noLiveSide: NonNullable<AppDependencies['attachLive']> = async ({ scheduling }) => {
  scheduling.stills.attach(async () => ({ version: randomUUID(), picture: A_STILL }))
  return {
    health: () => ({ mediaNodes: [], recorders: [] }),
    close: async () => undefined,
  }
}

export async function aRestWorld(): Promise<RestWorld> {
  const database = await createTestDatabase()
  const recordingsDir = await mkdtemp(join(tmpdir(), 'visavis-rest-'))
  const clock = movableClock(new Date())
  const log = createLogger('test', process.env['LOG_LEVEL'] ?? 'silent')
  const config = aServerConfig({ databaseUrl: database.url, recordingsDir })
  const apps: FastifyInstance[] = []
  const another: RestWorld['another'] = async (changes, given = {}) => {
    const dependencies = {
      db: database.db,
      clock,
      log,
      attachLive: noLiveSide,
      jobs: 'send-only' as const,
      ...given,
    }
    const app = speakForPages(await buildApp({ ...config, ...changes }, dependencies))
    apps.push(app)
    return app
  }
  const app = await another({})
  return {
    app,
    jobs: app.jobs,
    db: database.db,
    clock,
    config,
    another,
    close: async () => {
      await Promise.all(apps.map((app) => app.close()))
      await database.drop()
      await removeFilesOf(recordingsDir)
    },
  }
}
