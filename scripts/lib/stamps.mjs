import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root, stateDir } from './paths.mjs'

const stampDir = path.join(stateDir, 'stamps')

/** Folders whose content follows from something else that is hashed already, or from nothing. */
const NOT_SOURCE = new Set(['node_modules', 'dist', 'generated', 'coverage'])

/** @param {string} name @returns {boolean} */
const isSourceEntry = (name) => !NOT_SOURCE.has(name) && !name.startsWith('.')

/** @param {string} entry file or folder @returns {string[]} its files, in a fixed order */
const filesBelow = (entry) => {
  if (!existsSync(entry)) return []
  if (!statSync(entry).isDirectory()) return [entry]
  const names = readdirSync(entry).filter(isSourceEntry).sort()
  return names.flatMap((name) => filesBelow(path.join(entry, name)))
}

/**
 * A key that changes when a file below the given paths is added, removed, renamed or edited.
 * @param {string[]} entries files and folders; what is missing counts as empty
 * @param {string} [base] names are taken relative to it, so that a moved checkout keeps its keys
 * @returns {string} SHA-256, hex
 */
export const hashFiles = (entries, base = root) => {
  const hash = createHash('sha256')
  for (const file of entries.flatMap(filesBelow)) {
    const content = readFileSync(file)
    // The length keeps two different splits of the same bytes apart.
    hash.update(`${path.relative(base, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** @param {string} name @param {string} key @returns {boolean} whether the work was done for this key */
export const hasStamp = (name, key, folder = stampDir) => {
  const file = path.join(folder, name)
  return existsSync(file) && readFileSync(file, 'utf8') === key
}

/** Remembers that the work is done for this key. @param {string} name @param {string} key */
export const writeStamp = (name, key, folder = stampDir) => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, name), key)
}
