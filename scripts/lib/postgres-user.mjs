import { spawnSync } from 'node:child_process'
import { isRoot } from './paths.mjs'
import { mustRun } from './run-command.mjs'

/** Owns root's databases; can sign in nowhere. */
const SYSTEM_USER = 'visavis'

/** @param {'-u' | '-g'} which @returns {number | undefined} */
const idOf = (which) => {
  const { status, stdout } = spawnSync('id', [which, SYSTEM_USER], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : undefined
}

/**
 * Whom PostgreSQL runs as: the person at the keyboard, but never root, which it refuses.
 * @returns {Promise<{uid?: number, gid?: number}>} empty for an ordinary user
 */
export const postgresUser = async () => {
  if (!isRoot) return {}
  if (idOf('-u') === undefined) {
    const nowhere = [
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
    ]
    await mustRun('useradd', ['--system', '--user-group', ...nowhere, SYSTEM_USER])
  }
  const [uid, gid] = [idOf('-u'), idOf('-g')]
  return uid === undefined || gid === undefined ? {} : { uid, gid }
}
