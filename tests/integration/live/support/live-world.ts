import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { MediaNode } from '@visavis/media-node/node'
import { createLogger } from '@visavis/platform/log'
import type { Database } from '@visavis/prisma'
import { createTestDatabase } from '@visavis/prisma/test-database'
import { buildApp } from '../../../../server/src/app.ts'
import { freePorts } from '../../../support/ports.ts'
import { speakForPages } from '../../../support/test-terminals.ts'
import { until } from '../../../support/until.ts'
import { movableClock } from '../../rest/support/movable-clock.ts'
import type { MovableClock } from '../../rest/support/movable-clock.ts'
import { aServerConfig, removeFilesOf } from '../../rest/support/server-config.ts'
import { startMediaNodeOn } from './media-node-on.ts'
import { aRecorderHost } from './recorder-host.ts'
import type { RecorderHost } from './recorder-host.ts'

/** A listening server with real sockets, on a real database, with a real media node and perhaps a recorder. */
export type LiveWorld = {
  readonly db: Database
  readonly clock: MovableClock
  readonly node: () => MediaNode
  readonly recorder: RecorderHost
  /** Whether the recorder runs from the beginning. */
  readonly isRecording: boolean
  /** The server's jobs, to run one at once. */
  readonly jobs: () => FastifyInstance['jobs']
  /** Where the server listens; changes when it is restarted. */
  readonly origin: () => string
  /** The server ends, and after `meanwhile` another one takes its place; media node and recorder go on. */
  readonly restartServer: (meanwhile?: () => Promise<unknown>) => Promise<void>
  /** The media node ends with all it holds, and another one takes its address. */
  readonly replaceNode: () => Promise<void>
  readonly close: () => Promise<void>
}

type Ready = { mediaNodes: { isReady: boolean }[]; recorders: { isReady: boolean }[] }

export async function aLiveWorld({ isRecording = false } = {}): Promise<LiveWorld> {
  const database = await createTestDatabase()
  const recordingsDir = await mkdtemp(join(tmpdir(), 'visavis-live-'))
  const clock = movableClock(new Date())
  const controlPort = await freePorts(1)
  let node = await startMediaNodeOn(controlPort, clock)
  const recorder = await aRecorderHost(recordingsDir)
  if (isRecording) recorder.start()
  const config = aServerConfig({
    databaseUrl: database.url,
    recordingsDir,
    mediaNodes: [`http://127.0.0.1:${controlPort}`],
    recorders: [recorder.url],
  })
  const log = createLogger('test', process.env['LOG_LEVEL'] ?? 'silent')
  const start = async (): Promise<FastifyInstance> => {
    const app = speakForPages(await buildApp(config, { db: database.db, clock, log }))
    await app.listen({ host: '127.0.0.1', port: 0 })
    await until(() => isReady(app, isRecording), 'the media node and the recorder to be reached')
    return app
  }
  let app = await start()
  return {
    db: database.db,
    clock,
    node: () => node,
    recorder,
    isRecording,
    jobs: () => app.jobs,
    origin: () => `http://localhost:${portOf(app)}`,
    async restartServer(meanwhile) {
      await app.close()
      await meanwhile?.()
      app = await start()
    },
    async replaceNode() {
      await node.close()
      node = await startMediaNodeOn(controlPort, clock)
    },
    async close() {
      await app.close()
      await node.close()
      await recorder.stop()
      await database.drop()
      await removeFilesOf(recordingsDir)
    },
  }
}

async function isReady(app: FastifyInstance, isRecording: boolean): Promise<true | null> {
  const answer = await app.inject({ method: 'GET', url: '/readyz' })
  const said = JSON.stringify(answer.json<Ready>())
  const wanted = isRecording ? 2 : 1
  return said.split('"isReady":true').length - 1 >= wanted ? true : null
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : 0
}
