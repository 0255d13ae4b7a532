import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { stateDir } from './paths.mjs'
import { isAlive } from './processes.mjs'

const lockFile = path.join(stateDir, 'setup.lock')

/** Set-up's steps take seconds to minutes; nobody notices this. */
const RETRY_MS = 250

/** @returns {number | undefined} the process that holds the lock; undefined: the lock is now ours */
const tryLock = () => {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return undefined
  } catch {
    return readHolder()
  }
}

/** @returns {number} 0 when the holder released it in the meantime */
const readHolder = () => {
  try {
    return Number(readFileSync(lockFile, 'utf8'))
  } catch {
    return 0
  }
}

/**
 * Lets one set-up at a time work on this checkout: `npm start` and `npm test` at once is ordinary.
 * @template T
 * @param {NodeJS.WriteStream} out @param {() => Promise<T>} work @returns {Promise<T>}
 */
export const withSetupLock = async (out, work) => {
  mkdirSync(stateDir, { recursive: true })
  let hasTold = false
  for (let holder = tryLock(); holder !== undefined; holder = tryLock()) {
    if (holder > 0 && !isAlive(holder)) rmSync(lockFile, { force: true })
    else {
      if (!hasTold && holder > 0) out.write(`… waiting for another set-up (process ${holder})\n`)
      hasTold ||= holder > 0
      await wait(RETRY_MS)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lockFile, { force: true })
  }
}
