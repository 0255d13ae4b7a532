import { Fault } from '@visavis/contract/errors'
import { systemClock } from '@visavis/platform/clock'
import { ConfigFaults } from '@visavis/platform/config'
import { createLogger } from '@visavis/platform/log'
import { addProcessMetrics, serveMetrics } from '@visavis/platform/metrics'
import { runProcess } from '@visavis/platform/process-life'
import type { Running } from '@visavis/platform/process-life'
import { createDatabase, sealClearRows, waitForDatabase } from '@visavis/prisma'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import type { ServerConfig } from './config.ts'
import { nameSourceLines } from './platform/source-lines.ts'

nameSourceLines(import.meta.filename)
await runProcess('server', startServer)

async function startServer(): Promise<Running> {
  const config = readConfig(process.env)
  const log = createLogger('server', config.logLevel)
  await reachDatabase(config)
  const db = createDatabase(config.databaseUrl, {
    applicationName: 'visavis server',
    personKeys: { folder: config.personKeysDir, rootKey: config.keyRoot },
  })
  const sealed = await sealClearRows(db)
  if (sealed > 0) log.info({ rows: sealed }, 'personal fields of older rows are sealed')
  const app = await buildApp(config, { db, clock: systemClock, log })
  addProcessMetrics(app.metrics)
  const metrics = config.metrics && (await serveMetrics(app.metrics, config.metrics))
  await app.listen({ host: config.host, port: config.port })
  // What a new version breaks is found before the first lawyer comes (OV-8).
  await app.jobs.send(db, 'canary.run', {}, { singletonKey: 'start' })
  const { publicOrigin: origin, staffSignIn } = config
  log.info({ origin, staffSignIn }, 'server listens')
  if (staffSignIn === 'demo') log.warn('STAFF_SIGN_IN=demo: staff sign in by password alone')
  return {
    close: async () => {
      await metrics?.close()
      await app.close()
      await db.$disconnect()
      log.info('server closed')
    },
  }
}

async function reachDatabase({ databaseUrl }: ServerConfig): Promise<void> {
  try {
    await waitForDatabase(databaseUrl)
  } catch (error) {
    // A person mends this by the variable: it is told like any other fault of the configuration.
    if (error instanceof Fault) throw new ConfigFaults([`DATABASE_URL names ${error.message}`])
    throw error
  }
}
