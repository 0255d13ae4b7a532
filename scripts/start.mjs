import path from 'node:path'
import { auditKeyFile, provideAuditKey } from './lib/audit-key.mjs'
import { fillDatabase, waitForDatabase } from './lib/database.mjs'
import { loadEnvironment } from './lib/dot-env.mjs'
import { parseFlags } from './lib/flags.mjs'
import { probe, waitUntil } from './lib/health.mjs'
import { stateDir } from './lib/paths.mjs'
import { requireFreePorts } from './lib/ports.mjs'
import { POSTGRES_PORT, appDatabaseUrl, postgresPort, postgresUrl } from './lib/postgres.mjs'
import { startPostgres, stopStalePostgres } from './lib/postgres.mjs'
import { defaultDataDir, preparePostgres } from './lib/postgres-cluster.mjs'
import { Problem, runMain } from './lib/problem.mjs'
import { healthUrls, nodeProcess, portsOf, serverUrl } from './lib/process-plan.mjs'
import { refuseSecondRun } from './lib/run-state.mjs'
import { loadSecrets } from './lib/secrets.mjs'
import { asRun, environmentOf, settle, staffSignInOf } from './lib/settings.mjs'
import { onEndSignals } from './lib/signals.mjs'
import { summary } from './lib/summary.mjs'
import { newSystem } from './lib/system.mjs'
import { terminalLog } from './lib/terminal-log.mjs'
import { watchSources } from './lib/watch.mjs'

const USAGE = 'npm start -- [--lan] [--postgres-port NUMBER] [--state-dir FOLDER]'

const FLAGS = /** @type {const} */ ({
  lan: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
  'postgres-port': { type: 'string', default: String(POSTGRES_PORT) },
  'state-dir': { type: 'string', default: stateDir },
})

/** The server has every other process at hand by then; what is missing now stays missing. */
const READY_TIMEOUT_MS = 20_000

/** Decides everything that can be decided before the first process runs. */
const plan = async () => {
  const flags = parseFlags(FLAGS, USAGE)
  const stateFolder = path.resolve(flags['state-dir'])
  refuseSecondRun(stateFolder)
  const secrets = loadSecrets(stateFolder)
  provideAuditKey(auditKeyFile(stateFolder))
  const env = loadEnvironment()
  const settings = await settle({ env, secrets, isLan: flags.lan, stateFolder })
  const databasePort = settings.DATABASE_URL ? undefined : Number(flags['postgres-port'])
  if (databasePort !== undefined) {
    await preparePostgres()
    await stopStalePostgres(defaultDataDir)
    settings.DATABASE_URL = postgresUrl({ port: databasePort })
    settings.APP_DATABASE_URL = appDatabaseUrl(settings.DATABASE_URL, secrets.databasePassword)
  }
  const ports = portsOf(settings)
  if (databasePort !== undefined) ports.push(postgresPort(databasePort))
  await requireFreePorts(ports)
  return { flags, stateFolder, settings, databasePort }
}

/** @typedef {Awaited<ReturnType<typeof plan>>} Plan */

/** @param {Plan} plan @returns {Pick<import('./lib/run-state.mjs').RunState, 'ports' | 'urls'>} */
const factsOf = ({ settings, databasePort }) => ({
  ports: {
    server: Number(settings.PORT),
    mediaControl: Number(settings.MEDIA_CONTROL_PORT),
    rtc: Number(settings.RTC_PORT),
    recorderControl: Number(settings.RECORDER_CONTROL_PORT),
    ...(databasePort === undefined ? {} : { postgres: databasePort }),
  },
  urls: {
    ...healthUrls(settings),
    origin: settings.PUBLIC_ORIGIN ?? serverUrl(settings),
    database: settings.DATABASE_URL ?? '',
  },
})

/** @param {Plan} plan @param {import('./lib/system.mjs').System} system @param {(text: string) => void} say */
const startDatabase = async ({ settings, databasePort }, system, say) => {
  if (databasePort !== undefined) {
    const unit = system.adopt(await startPostgres({ port: databasePort }, system.events))
    await unit.ready
  } else {
    await waitForDatabase(settings.DATABASE_URL ?? '', { signal: system.stopping, say })
  }
  if (system.stopping.aborted) return ''
  const { APP_DATABASE_URL = '' } = settings
  return fillDatabase({ ...environmentOf('server', settings), APP_DATABASE_URL })
}

/** @param {import('./lib/settings.mjs').Settings} settings @param {AbortSignal} signal */
const requireReadiness = async (settings, signal) => {
  const url = `${healthUrls(settings).server}/readyz`
  let answer = await probe(url)
  const isReady = async () => (answer = await probe(url)).status === 200
  if (
    answer.status === 200 ||
    (await waitUntil(isReady, { timeoutMs: READY_TIMEOUT_MS, signal }))
  ) {
    return
  }
  throw new Problem(`The server is not ready: ${answer.body || 'no answer'}`, 'npm run doctor')
}

/**
 * @param {Plan} plan @param {import('./lib/system.mjs').System} system @param {(text: string) => void} say
 * @returns {Promise<string>} the table of sign-ins
 */
const startAll = async (plan, system, say) => {
  const { settings, flags } = plan
  // These two need no database, so they boot while it is being filled.
  const early = [
    system.run(nodeProcess('media-node', settings)),
    system.run(nodeProcess('recorder', settings)),
  ]
  const signIns = await startDatabase(plan, system, say)
  if (system.stopping.aborted) return ''
  const server = system.run(nodeProcess('server', asRun(settings), { isWatching: flags.watch }))
  await Promise.all([...early, server].map(({ ready }) => ready))
  await requireReadiness(settings, system.stopping)
  return signIns
}

const main = async () => {
  const startedAtMs = performance.now()
  const log = terminalLog()
  const planned = await plan()
  const { flags, settings, stateFolder } = planned
  const isWatching = flags.watch
  const system = newSystem({ stateFolder, facts: factsOf(planned), log, isWatching })
  const onFirst = () => {
    log.say('\nStopping … (once more: at once)')
    void system.stop()
  }
  onEndSignals({ onFirst, onSecond: system.kill })
  try {
    const signIns = await Promise.race([startAll(planned, system, log.say), system.ended])
    if (!system.stopping.aborted) {
      system.markReady()
      if (isWatching) watchSources(system, log)
      const startedInMs = performance.now() - startedAtMs
      const origin = settings.PUBLIC_ORIGIN ?? serverUrl(settings)
      const isSignInDemo = staffSignInOf(settings) === 'demo'
      log.say(
        summary({ origin, startedInMs, signIns: signIns ?? '', isLan: flags.lan, isSignInDemo }),
      )
    }
    await system.ended
  } catch (error) {
    if (!system.stopping.aborted) throw error
  } finally {
    await system.stop()
  }
}

await runMain(main)
