import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { isRoot } from './paths.mjs'
import { exitCodeOf, findOnPath, mustRun } from './run-command.mjs'

const LISTS = '/var/lib/apt/lists'

/** Debian's mirrors drop old versions of security updates; a day-old list may name such a file. */
const LISTS_FRESH_MS = 24 * 60 * 60 * 1000

/** Another apt (an unattended upgrade, say) holds the lock for a minute or two at most. */
const APT_LOCK_TIMEOUT_S = 180

export const hasApt = () => Boolean(findOnPath('apt-get') && findOnPath('dpkg-query'))

/** @param {string[]} packages @returns {string[]} those that dpkg does not have */
export const missingPackages = (packages) => {
  const format = '${Package} ${db:Status-Status}\\n'
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', format, ...packages], {
    encoding: 'utf8',
  })
  const installed = new Set(
    (stdout ?? '').split('\n').flatMap((line) => line.match(/^(\S+) installed$/)?.[1] ?? []),
  )
  return packages.filter((name) => !installed.has(name))
}

/** @returns {string[] | undefined} what goes before a command that needs root; undefined: no way */
const rootPrefix = () => {
  if (isRoot) return []
  const sudo = findOnPath('sudo')
  return sudo && exitCodeOf(sudo, ['-n', 'true']) === 0 ? [sudo, '-n'] : undefined
}

export const mayInstall = () => hasApt() && rootPrefix() !== undefined

/** @param {string[]} packages @returns {string} what a person types */
export const aptCommand = (packages) => {
  const become = isRoot ? '' : 'sudo '
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  return `${become}apt-get update && ${become}${install}`
}

const areListsFresh = () => {
  if (!existsSync(LISTS)) return false
  const lists = readdirSync(LISTS).filter((name) => name.includes('_Packages'))
  /** @param {string} name */
  const isFresh = (name) => Date.now() - statSync(path.join(LISTS, name)).mtimeMs < LISTS_FRESH_MS
  return lists.some(isFresh) || (lists.length > 0 && isFresh('.'))
}

/**
 * Installs Debian packages; call it only when mayInstall().
 * @param {string[]} packages @param {(text: string) => void} progress
 */
export const installPackages = async (packages, progress) => {
  /** @param {...string} args */
  const apt = async (...args) => {
    const lock = `DPkg::Lock::Timeout=${APT_LOCK_TIMEOUT_S}`
    // Through env(1), because sudo does not hand the environment on.
    const env = ['env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8']
    const [command = 'env', ...rest] = [
      ...(rootPrefix() ?? []),
      ...env,
      'apt-get',
      '-o',
      lock,
      ...args,
    ]
    await mustRun(command, rest, { cure: `Try it by hand: ${aptCommand(packages)}` })
  }
  if (!areListsFresh()) {
    progress('reading Debian’s package lists')
    await apt('update')
  }
  progress(`installing ${packages.join(' ')}`)
  await apt('install', '-y', '--no-install-recommends', ...packages)
}
