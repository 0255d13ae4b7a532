import { existsSync } from 'node:fs'
import { auditKeyFile, provideAuditKey } from './audit-key.mjs'
import { buildClient, buildServer, CLIENTS, generatePrismaClient } from './builds.mjs'
import { isClientBuilt, isPrismaClientGenerated, isServerBuilt } from './builds.mjs'
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs'
import { isPrepared, preparePostgres } from './postgres-cluster.mjs'
import { haveSecrets, loadSecrets } from './secrets.mjs'
import { findChromium, findFfmpeg, provideTool } from './tools.mjs'
import { isWorkerReady, provideWorker } from './worker.mjs'

/** @typedef {import('./steps.mjs').Step} Step */

/** @type {Step} */
const dependencies = {
  name: 'npm packages',
  describe: 'installing what package-lock.json names, Node 24 included',
  isDone: areDependenciesInstalled,
  run: installDependencies,
}

/** @param {NodeJS.ProcessEnv} env @returns {Step} */
const ffmpeg = (env) => {
  const find = () => findFfmpeg(env)
  const without = 'recording works, side-by-side copies and thumbnails do not'
  return {
    name: 'ffmpeg',
    describe: 'for copies made from recordings',
    isDone: () => find() !== undefined,
    run: (progress) =>
      provideTool({ name: 'ffmpeg', variable: 'FFMPEG_PATH', env, find, without }, progress),
  }
}

/** @param {NodeJS.ProcessEnv} env @returns {Step} */
const browser = (env) => {
  const find = () => findChromium(env)
  const without = 'tests in a browser cannot run'
  return {
    name: 'Chromium',
    describe: 'for tests in a browser',
    isDone: () => find() !== undefined,
    run: (progress) =>
      provideTool({ name: 'chromium', variable: 'CHROMIUM_PATH', env, find, without }, progress),
  }
}

/** @param {NodeJS.ProcessEnv} env @returns {Step} */
const worker = (env) => ({
  name: 'SFU worker',
  describe: 'looking for the prebuilt one',
  isDone: () => isWorkerReady(env),
  run: provideWorker,
})

/** @type {Step} */
const prismaClient = {
  name: 'database client',
  describe: 'generating it from prisma/schema.prisma',
  isDone: isPrismaClientGenerated,
  run: generatePrismaClient,
}

/** @type {Step} */
const server = {
  name: 'server',
  describe: 'putting it into one file',
  isDone: isServerBuilt,
  run: buildServer,
}

/** @type {Step} */
const postgres = {
  name: 'PostgreSQL',
  describe: 'making an empty database',
  isDone: () => isPrepared(),
  run: () => preparePostgres(),
}

/** @type {Step} */
const secrets = {
  name: 'secrets',
  describe: 'making those that the processes share',
  isDone: () => haveSecrets(),
  run: async () => void loadSecrets(),
}

/** @type {Step} */
const auditKey = {
  name: 'key of the audit log',
  describe: 'making it; publish what `npm run audit:key` prints',
  isDone: () => existsSync(auditKeyFile()),
  run: async () => void provideAuditKey(auditKeyFile()),
}

/** @param {string} client @returns {Step} */
const clientBuild = (client) => ({
  name: client,
  describe: 'building it',
  isDone: () => isClientBuilt(client),
  run: () => buildClient(client),
})

/**
 * Everything that a fresh clone needs, in the order in which one needs the other.
 * @param {{env: NodeJS.ProcessEnv, withBrowser: boolean, withClients: boolean}} options
 * @returns {Step[]}
 */
export const setupSteps = ({ env, withBrowser, withClients }) => [
  dependencies,
  ffmpeg(env),
  ...(withBrowser ? [browser(env)] : []),
  worker(env),
  prismaClient,
  server,
  ...(env.DATABASE_URL ? [] : [postgres]),
  secrets,
  auditKey,
  ...(withClients ? CLIENTS.map(clientBuild) : []),
]
