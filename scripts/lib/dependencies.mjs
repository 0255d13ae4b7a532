import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { inRoot, node24 } from './paths.mjs'
import { Problem } from './problem.mjs'
import { mustRun } from './run-command.mjs'

/** The oldest Node that can run set-up; the project itself runs on node_modules/.bin/node. */
export const OLDEST_NODE = 20

/** The oldest system Node that can stand in where npm has no Node 24 for the platform. */
const OLDEST_STAND_IN = 24

export const nodeMajor = Number(process.versions.node.split('.')[0])

/** @throws {Problem} when set-up cannot run here at all */
export const requirePlatform = () => {
  if (nodeMajor < OLDEST_NODE) {
    throw new Problem(
      `This is Node ${process.versions.node}; set-up needs Node ${OLDEST_NODE} or newer.`,
      'Install a newer Node: https://nodejs.org/en/download',
    )
  }
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new Problem(
      `Vis-à-vis runs on Linux and macOS, and this is ${process.platform}.`,
      'On Windows, use WSL 2 with Debian 12.',
    )
  }
}

/**
 * @typedef {{version?: string, optional?: boolean, devOptional?: boolean}} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages keyed by folder, as in package-lock.json
 */

/** @param {string} file @returns {LockedPackages} */
const readLock = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/**
 * Whether what npm installed is what the lock file asks for. Comparing the two lists (and no stamp)
 * leaves alone an installation that a developer has just changed with `npm install`.
 * @param {LockedPackages} wanted @param {LockedPackages} installed @returns {boolean}
 */
export const areSamePackages = (wanted, installed) =>
  Object.entries(wanted).every(([folder, { version, optional, devOptional }]) => {
    if (!folder.includes('node_modules/')) return true
    const found = installed[folder]
    // Optional packages are missing where they are made for another platform.
    return found ? found.version === version : Boolean(optional || devOptional)
  })

/** @returns {boolean} */
export const areDependenciesInstalled = () => {
  const installed = inRoot('node_modules/.package-lock.json')
  if (!existsSync(installed) || !existsSync(node24)) return false
  return areSamePackages(readLock(inRoot('package-lock.json')), readLock(installed))
}

const provideNode = () => {
  if (existsSync(node24)) return
  if (nodeMajor < OLDEST_STAND_IN) {
    throw new Problem(
      `npm has no Node ${OLDEST_STAND_IN} for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}.`,
      `Install Node ${OLDEST_STAND_IN} and run the same command again.`,
    )
  }
  symlinkSync(process.execPath, node24)
}

// The builders of the clients are development packages, and NODE_ENV=production would leave them out.
const NPM_FLAGS = ['--include=dev', '--include=optional', '--loglevel=error']

/** Installs exactly what package-lock.json names; no package's own install script runs (.npmrc). */
export const installDependencies = async () => {
  const npm = process.env.npm_execpath
  const [command, ...args] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
  await mustRun(command, [...args, 'ci', ...NPM_FLAGS], {
    cwd: inRoot(),
    detached: true,
    cure: 'Check that the npm registry can be reached: npm ping',
  })
  provideNode()
}
