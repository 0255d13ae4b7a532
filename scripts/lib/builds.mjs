import { existsSync } from 'node:fs'
import { inRoot, node24 } from './paths.mjs'
import { findOnPath, mustRun } from './run-command.mjs'
import { hashFiles, hasStamp, writeStamp } from './stamps.mjs'

/** The two browser applications; each is built into its folder's dist. */
export const CLIENTS = /** @type {const} */ (['web-client', 'kiosk-client'])

// The kiosk uses web-client's call engine and components, so both have the same inputs.
const CLIENT_SOURCES = [
  ...['web-client', 'kiosk-client', 'server/contract', 'package-lock.json'],
  // Offered for download beside a certificate.
  'docs/verify',
]

const SERVER_SOURCES = [
  ...['server/src', 'server/contract', 'server/platform', 'server/vite.config.mjs'],
  ...['prisma/src', 'prisma/schema.prisma', 'package-lock.json'],
]

/** The server in one file, which starts in two thirds of the time. */
export const SERVER_BUNDLE = 'server/dist/main.mjs'

const PRISMA_SOURCES = ['prisma/schema.prisma', 'prisma.config.ts', 'prisma/prisma.config.ts']

const clientKey = () => hashFiles(CLIENT_SOURCES.map((entry) => inRoot(entry)))

const serverKey = () => hashFiles(SERVER_SOURCES.map((entry) => inRoot(entry)))

const prismaKey = () =>
  hashFiles([...PRISMA_SOURCES, 'package-lock.json'].map((entry) => inRoot(entry)))

/** @param {string} client @returns {boolean} */
export const isClientBuilt = (client) =>
  existsSync(inRoot(client, 'dist/index.html')) && hasStamp(client, clientKey())

/** @param {string} folder @returns {Promise<void>} */
const build = (folder) =>
  mustRun(node24, [inRoot('node_modules/vite/bin/vite.js'), 'build'], { cwd: inRoot(folder) })

/** @param {string} client */
export const buildClient = async (client) => {
  // Taken before the build: a file edited meanwhile must lead to another one.
  const key = clientKey()
  await build(client)
  writeStamp(client, key)
}

/** @returns {boolean} false also after an edit: what runs is never older than its source */
export const isServerBuilt = () =>
  existsSync(inRoot(SERVER_BUNDLE)) && hasStamp('server', serverKey())

/** Puts the server into one file. */
export const buildServer = async () => {
  const key = serverKey()
  await build('server')
  writeStamp('server', key)
}

/** @returns {boolean} */
export const isPrismaClientGenerated = () =>
  existsSync(inRoot('prisma/generated')) && hasStamp('prisma-client', prismaKey())

/** Writes the typed database client from the schema. */
export const generatePrismaClient = async () => {
  const key = prismaKey()
  const env = {
    ...process.env,
    // `generate` downloads an engine that it never starts, and fails offline. Any program will do.
    PRISMA_SCHEMA_ENGINE_BINARY: findOnPath('true') ?? '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
  const cli = inRoot('node_modules/prisma/build/index.js')
  const cwd = existsSync(inRoot('prisma.config.ts')) ? inRoot() : inRoot('prisma')
  await mustRun(node24, [cli, 'generate'], { cwd, env })
  writeStamp('prisma-client', key)
}
