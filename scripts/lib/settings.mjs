import path from 'node:path'
import { auditKeyFile } from './audit-key.mjs'
import { provideCertificate } from './certificate.mjs'
import { lanAddresses } from './network.mjs'
import { inRoot } from './paths.mjs'
import { Problem } from './problem.mjs'
import { findFfmpeg } from './tools.mjs'
import { workerPath } from './worker.mjs'

/**
 * The environment variables of Vis-à-vis, each with the processes that may see it.
 * @type {Record<string, ProcessName[]>}
 */
export const VARIABLES = {
  DATABASE_URL: ['server'],
  // For set-up alone, which makes the role: the server is told it as its DATABASE_URL.
  APP_DATABASE_URL: [],
  PORT: ['server'],
  HOST: ['server'],
  PUBLIC_ORIGIN: ['server'],
  TLS_CERT_FILE: ['server'],
  TLS_KEY_FILE: ['server'],
  CONTROL_SECRET: ['server', 'media-node', 'recorder'],
  GRANT_SECRET: ['server', 'media-node', 'recorder'],
  MEDIA_NODES: ['server'],
  RECORDERS: ['server'],
  MEDIA_CONTROL_PORT: ['media-node'],
  RTC_PORT: ['media-node'],
  RTC_LISTEN_IP: ['media-node'],
  RTC_ANNOUNCED_ADDRESS: ['media-node'],
  MEDIA_WORKERS: ['media-node'],
  MEDIASOUP_WORKER_BIN: ['media-node'],
  RECORDER_CONTROL_PORT: ['recorder'],
  RECORDINGS_DIR: ['server', 'recorder'],
  OBJECT_STORE: ['server', 'recorder'],
  S3_ENDPOINT: ['server', 'recorder'],
  S3_REGION: ['server', 'recorder'],
  S3_ACCESS_KEY_ID: ['server', 'recorder'],
  S3_SECRET_ACCESS_KEY: ['server', 'recorder'],
  DOCUMENTS_DIR: ['server'],
  DOCUMENT_KEY: ['server'],
  KEYS_DIR: ['server'],
  KEY_ROOT: ['server'],
  PERSON_KEYS_DIR: ['server'],
  CERTIFICATE_KEY: ['server'],
  AUDIT_KEY_FILE: ['server'],
  AUDIT_SHIP_DIR: ['server'],
  AUDIT_WITNESSES: ['server'],
  AUDIT_TSA_URL: ['server'],
  MAIL_URL: ['server'],
  MAIL_FROM: ['server'],
  MAIL_DIR: ['server'],
  TURN_URLS: ['server'],
  TURN_SECRET: ['server'],
  SMS_URL: ['server'],
  SMS_TOKEN: ['server'],
  FFMPEG_PATH: ['server', 'recorder'],
  METRICS_HOST: ['server'],
  METRICS_PORT: ['server'],
  STAFF_SIGN_IN: ['server'],
  TRUSTED_PROXIES: ['server'],
  TERMINAL_CERT_HEADER: ['server'],
  LOG_LEVEL: ['server', 'media-node', 'recorder'],
  NODE_ENV: ['server', 'media-node', 'recorder'],
}

/** @typedef {'server' | 'media-node' | 'recorder'} ProcessName */
/** @typedef {Record<string, string | undefined>} Settings */

const LOOPBACK = '127.0.0.1'

const DEFAULT_PORT = '3000'

/** @param {string} port @param {string} stateFolder @returns {Promise<Settings>} */
const lanDefaults = async (port, stateFolder) => {
  const addresses = lanAddresses()
  const address = addresses[0]
  if (!address) {
    throw new Problem(
      'This machine has no address on a local network, so --lan has nothing to offer.',
      'Connect it to the network, or start without --lan.',
    )
  }
  const { certFile, keyFile } = await provideCertificate(addresses, path.join(stateFolder, 'tls'))
  return {
    HOST: '0.0.0.0',
    PUBLIC_ORIGIN: `https://${address}:${port}`,
    TLS_CERT_FILE: certFile,
    TLS_KEY_FILE: keyFile,
    RTC_LISTEN_IP: '0.0.0.0',
    RTC_ANNOUNCED_ADDRESS: address,
  }
}

/** Where each process listens when nobody says otherwise. @param {Settings} env @returns {Settings} */
export const reachDefaults = (env) => ({
  HOST: LOOPBACK,
  PORT: DEFAULT_PORT,
  MEDIA_CONTROL_PORT: '4100',
  RECORDER_CONTROL_PORT: '4200',
  RTC_LISTEN_IP: LOOPBACK,
  RTC_PORT: '44400',
  RTC_ANNOUNCED_ADDRESS: env.RTC_LISTEN_IP || LOOPBACK,
})

/** Who finds whom on one machine. @param {Settings} at @returns {Settings} */
const addressDefaults = ({ PORT, MEDIA_CONTROL_PORT, RECORDER_CONTROL_PORT, TLS_CERT_FILE }) => ({
  PUBLIC_ORIGIN: `${TLS_CERT_FILE ? 'https' : 'http'}://localhost:${PORT}`,
  MEDIA_NODES: `http://${LOOPBACK}:${MEDIA_CONTROL_PORT}`,
  RECORDERS: `http://${LOOPBACK}:${RECORDER_CONTROL_PORT}`,
})

/**
 * @param {Settings} env @param {import('./secrets.mjs').Secrets} secrets @param {string} stateFolder
 * @returns {Settings}
 */
const otherDefaults = (env, secrets, stateFolder) => ({
  CONTROL_SECRET: secrets.controlSecret,
  GRANT_SECRET: secrets.grantSecret,
  DOCUMENT_KEY: secrets.documentKey,
  // Beside the secrets, and not beside the recordings: a copy of these opens nothing.
  KEYS_DIR: path.join(stateFolder, 'keys'),
  KEY_ROOT: secrets.keyRoot,
  PERSON_KEYS_DIR: path.join(stateFolder, 'person-keys'),
  CERTIFICATE_KEY: secrets.certificateKey,
  AUDIT_KEY_FILE: auditKeyFile(stateFolder),
  MEDIASOUP_WORKER_BIN: workerPath(env),
  RECORDINGS_DIR: inRoot('recordings/data'),
  DOCUMENTS_DIR: inRoot('recordings/data/documents'),
  // Of this run alone: two stacks of one checkout do not read each other's mail.
  MAIL_DIR: path.join(stateFolder, 'mail'),
  FFMPEG_PATH: findFfmpeg(env),
  LOG_LEVEL: 'info',
  NODE_ENV: 'development',
})

/**
 * Everything that the processes are told: what the person has set, over the defaults for one machine.
 * @param {{env: Settings, secrets: import('./secrets.mjs').Secrets, isLan: boolean, stateFolder: string}} from
 * @returns {Promise<Settings>}
 */
export const settle = async ({ env, secrets, isLan, stateFolder }) => {
  const names = Object.keys(VARIABLES).filter((name) => env[name])
  const given = Object.fromEntries(names.map((name) => [name, env[name]]))
  const reach = {
    ...reachDefaults(given),
    ...(isLan ? await lanDefaults(given.PORT ?? DEFAULT_PORT, stateFolder) : {}),
    ...given,
  }
  return { ...otherDefaults(given, secrets, stateFolder), ...addressDefaults(reach), ...reach }
}

/**
 * What the processes are told: the server reaches the database in a role of its own, which can only add to the
 * audit log and read it, where there is such a role (prisma/src/app-role.ts).
 * @param {Settings} settings @returns {Settings}
 */
export const asRun = ({ APP_DATABASE_URL, ...settings }) =>
  APP_DATABASE_URL ? { ...settings, DATABASE_URL: APP_DATABASE_URL } : settings

/** What the server makes of it (server/src/config.ts). @param {Settings} settings */
export const staffSignInOf = ({ STAFF_SIGN_IN, NODE_ENV }) =>
  STAFF_SIGN_IN || (NODE_ENV === 'production' ? 'passkey' : 'demo')

/**
 * One process's environment: the system's variables and those of ours that concern it, so that the
 * media node, say, never holds the way into the database.
 * @param {ProcessName} name @param {Settings} settings @returns {NodeJS.ProcessEnv}
 */
export const environmentOf = (name, settings, base = process.env) => {
  const foreign = Object.entries(base).filter(([variable]) => !(variable in VARIABLES))
  const own = Object.entries(VARIABLES).flatMap(([variable, readers]) =>
    readers.includes(name) && settings[variable] ? [[variable, settings[variable]]] : [],
  )
  return Object.fromEntries([...foreign, ...own])
}
