import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { stateDir } from './paths.mjs'

const NAME = 'Keys of recordings'

/** Who else may read a file or enter a folder: nobody. */
const OTHERS = 0o077

/**
 * Whether the folder with the months' keys is there, and its owner's alone.
 * @param {import('./settings.mjs').Settings} settings @returns {import('./doctor-checks.mjs').Finding[]}
 */
export const keyFindings = ({ KEYS_DIR }) => {
  const folder = KEYS_DIR || path.join(stateDir, 'keys')
  if (!existsSync(folder)) return []
  const open = [folder, ...childrenOf(folder)].find((each) => statSync(each).mode & OTHERS)
  if (open) {
    return [
      { name: NAME, state: 'bad', found: `others may enter ${open}`, cure: `chmod 700 ${open}` },
    ]
  }
  return [{ name: NAME, state: 'ok', found: `${folder}, its owner’s alone` }]
}

/** @param {string} folder */
const childrenOf = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(folder, name))
