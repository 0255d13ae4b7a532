import { availableParallelism } from 'node:os'
import path from 'node:path'
import { isServerBuilt, SERVER_BUNDLE } from './builds.mjs'
import { isHealthy } from './health.mjs'
import { inRoot, node24, stateDir } from './paths.mjs'
import { environmentOf } from './settings.mjs'

/** @typedef {import('./settings.mjs').Settings} Settings */

const MAIN_FILES = {
  server: 'server/src/main.ts',
  'media-node': 'server/media-node/src/main.ts',
  recorder: 'recordings/src/main.ts',
}

const SHARED = ['server/contract/src', 'server/platform/src']

/** What a person who edits code wants restarted. */
export const SOURCE_FOLDERS = {
  server: ['server/src', ...SHARED, 'prisma/src'],
  'media-node': ['server/media-node/src', ...SHARED],
  recorder: ['recordings/src', ...SHARED],
}

/** A process that died is back in half the time when its modules need not be compiled again. */
const NODE_COMPILE_CACHE = path.join(stateDir, 'compile-cache')

/** @param {Settings} settings @returns {string} where this machine reaches the server */
export const serverUrl = ({ PORT, TLS_CERT_FILE }) =>
  `${TLS_CERT_FILE ? 'https' : 'http'}://localhost:${PORT}`

/**
 * The server may listen on one address only, and `localhost` can be another one (IPv6).
 * @param {Settings} settings @returns {string}
 */
const serverHealthUrl = ({ PORT, HOST, TLS_CERT_FILE }) => {
  const host = !HOST || HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST
  return `${TLS_CERT_FILE ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}

/** @param {Settings} settings @returns {Record<import('./settings.mjs').ProcessName, string>} */
export const healthUrls = (settings) => ({
  server: serverHealthUrl(settings),
  'media-node': `http://127.0.0.1:${settings.MEDIA_CONTROL_PORT}`,
  recorder: `http://127.0.0.1:${settings.RECORDER_CONTROL_PORT}`,
})

/**
 * The server is killed in the middle of visits, and people wait for it to start: it has one file of its own.
 * @param {import('./settings.mjs').ProcessName} name @param {boolean} isWatching @returns {string} its file
 */
const programOf = (name, isWatching) =>
  name === 'server' && !isWatching && isServerBuilt() ? SERVER_BUNDLE : MAIN_FILES[name]

/**
 * @param {import('./settings.mjs').ProcessName} name @param {Settings} settings
 * @param {{isWatching?: boolean}} [mode] isWatching: each start runs the source as it then is
 * @returns {import('./child-process.mjs').ProcessSpec}
 */
export const nodeProcess = (name, settings, { isWatching = false } = {}) => ({
  name,
  command: node24,
  args: [inRoot(programOf(name, isWatching))],
  cwd: inRoot(),
  env: { NODE_COMPILE_CACHE, ...environmentOf(name, settings) },
  hasChannel: true,
  isReady: () => isHealthy(`${healthUrls(settings)[name]}/healthz`),
})

/** The media node's own default: a worker per core, and one of its own for privileged visits. */
const defaultWorkers = () => Math.max(2, availableParallelism())

/** @param {Settings} settings @returns {import('./ports.mjs').Port[]} one port for each worker */
const mediaPorts = ({ RTC_PORT, RTC_LISTEN_IP, MEDIA_WORKERS }) => {
  const workers = Number(MEDIA_WORKERS) || defaultWorkers()
  return Array.from({ length: workers }, (_, index) =>
    /** @type {const} */ (['udp', 'tcp']).map((protocol) => ({
      owner: 'media node',
      port: Number(RTC_PORT) + index,
      host: RTC_LISTEN_IP || '127.0.0.1',
      protocol,
      setting: 'RTC_PORT',
    })),
  ).flat()
}

/** @param {Settings} settings @returns {import('./ports.mjs').Port[]} in the order of their use */
export const portsOf = (settings) => {
  /** @param {string} owner @param {string} setting @param {string} host */
  const tcp = (owner, setting, host) =>
    /** @type {import('./ports.mjs').Port} */ ({
      owner,
      port: Number(settings[setting]),
      host,
      protocol: 'tcp',
      setting,
    })
  return [
    tcp('server', 'PORT', settings.HOST || '127.0.0.1'),
    tcp('media node', 'MEDIA_CONTROL_PORT', '127.0.0.1'),
    ...mediaPorts(settings),
    tcp('recorder', 'RECORDER_CONTROL_PORT', '127.0.0.1'),
  ]
}
