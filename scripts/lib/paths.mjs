import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's top folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** @param {...string} parts path below the checkout's top folder */
export const inRoot = (...parts) => path.join(root, ...parts)

/** What a checkout keeps between runs (stamps, secrets, certificates, run.json); git-ignored. */
export const stateDir = inRoot('.visavis')

/** Shared by all checkouts of one user; holds what is slow to make, such as the SFU worker. */
export const cacheDir = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
  'visavis',
)

/** The Node that the project runs on; it comes from the npm registry, not from the system. */
export const node24 = inRoot('node_modules/.bin/node')

export const isRoot = process.getuid?.() === 0

/** Root's databases live here, because PostgreSQL refuses root and cannot enter a 0700 home. */
export const systemStateDir = '/var/lib/visavis'

/** Twelve hex digits of the checkout's path: long enough that two checkouts never meet. */
const checkoutKey = createHash('sha256').update(root).digest('hex').slice(0, 12)

/** The folder with this checkout's embedded databases. */
export const postgresHome = isRoot
  ? path.join(systemStateDir, checkoutKey)
  : path.join(stateDir, 'postgres')

/** @returns {string} the Node to run project files with, before and after the install */
export const projectNode = () => (existsSync(node24) ? node24 : process.execPath)
