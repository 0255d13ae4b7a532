import { existsSync, watch } from 'node:fs'
import { inRoot, node24 } from './paths.mjs'
import { CLIENTS } from './builds.mjs'
import { SOURCE_FOLDERS } from './process-plan.mjs'

/** An editor writes a file in several steps, and “save all” writes several files. */
const SETTLE_MS = 150

/** @param {string[]} folders @param {() => void} onEdit @param {AbortSignal} signal */
const watchFolders = (folders, onEdit, signal) => {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const onEvent = () => {
    clearTimeout(timer)
    timer = setTimeout(onEdit, SETTLE_MS)
  }
  for (const folder of folders.map((name) => inRoot(name)).filter(existsSync)) {
    watch(folder, { recursive: true, signal }, onEvent).on('error', () => undefined)
  }
  signal.addEventListener('abort', () => clearTimeout(timer))
}

/**
 * Development: an edit restarts the processes that it concerns and builds the clients again.
 * @param {import('./system.mjs').System} system
 * @param {import('./terminal-log.mjs').TerminalLog} log
 */
export const watchSources = (system, log) => {
  for (const [name, folders] of Object.entries(SOURCE_FOLDERS)) {
    const onEdit = () => {
      log.line(name, 'its source was edited, starts again')
      system.unit(name)?.restart()
    }
    watchFolders(folders, onEdit, system.stopping)
  }
  for (const client of CLIENTS) {
    system.run({
      name: client,
      command: node24,
      args: [inRoot('scripts/lib/build-watch.mjs'), client],
      cwd: inRoot(client),
      env: process.env,
      hasChannel: true,
      isReady: async () => true,
    })
  }
}
