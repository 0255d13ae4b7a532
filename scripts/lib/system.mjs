import { isPostgresRoutine } from './postgres.mjs'
import { removeRunState, writeRunState } from './run-state.mjs'
import { supervise } from './supervisor.mjs'

/** Clients of a process stop before it: nobody sees a connection break that need not. */
const STOP_ORDER = ['kiosk-client', 'web-client', 'server', 'recorder', 'media-node', 'postgres']

/** @typedef {import('./supervisor.mjs').Supervised} Supervised */
/** @typedef {import('./supervised-unit.mjs').SupervisorEvents} SupervisorEvents */

/**
 * @typedef {object} SystemOptions
 * @property {string} stateFolder
 * @property {Pick<import('./run-state.mjs').RunState, 'ports' | 'urls'>} facts for run.json
 * @property {import('./terminal-log.mjs').TerminalLog} log
 * @property {boolean} isWatching a process that cannot start then waits for the next edit
 */

/** @param {SystemOptions} options */
const newState = ({ stateFolder, facts }) => {
  const ended = Promise.withResolvers()
  // A problem can come before anybody awaits the end.
  ended.promise.catch(() => undefined)
  const state = {
    /** @type {Map<string, Supervised>} */
    units: new Map(),
    ended,
    stopping: new AbortController(),
    isReady: false,
    record: () => {
      if (state.stopping.signal.aborted) return
      const { units, isReady } = state
      const pids = Object.fromEntries([...units].map(([name, unit]) => [name, unit.pid() ?? null]))
      writeRunState(stateFolder, { supervisor: process.pid, isReady, pids, ...facts })
    },
  }
  return state
}

/** @typedef {ReturnType<typeof newState>} State */

/** @param {State} state @param {SystemOptions} options @returns {SupervisorEvents} */
const eventsOf = ({ ended, record }, { log, isWatching }) => ({
  onLine: (name, line) => {
    if (name !== 'postgres' || !isPostgresRoutine(line)) log.line(name, line)
  },
  onNews: log.line,
  onChange: record,
  onGiveUp: (problem) => {
    if (isWatching) log.say(`! ${problem.message} It starts again at the next edit.`)
    else ended.reject(problem)
  },
})

/** @param {State} state @param {string} stateFolder */
const stopAll = async ({ units, ended }, stateFolder) => {
  for (const name of STOP_ORDER) await units.get(name)?.stop()
  removeRunState(stateFolder)
  ended.resolve(undefined)
}

/**
 * All processes of one `npm start`, and their common end.
 * @param {SystemOptions} options
 */
export const newSystem = (options) => {
  const state = newState(options)
  const { units, stopping, ended } = state
  const events = eventsOf(state, options)
  /** @type {Promise<void> | undefined} */
  let stopped

  /** @param {Supervised} unit */
  const adopt = (unit) => {
    units.set(unit.name, unit)
    // Everything was stopped while this one was being started.
    if (stopping.signal.aborted) void unit.stop()
    state.record()
    return unit
  }

  return {
    events,
    adopt,
    /** @param {import('./child-process.mjs').ProcessSpec} spec */
    run: (spec) => adopt(supervise(spec, events)),
    /** @param {string} name */
    unit: (name) => units.get(name),
    markReady: () => {
      state.isReady = true
      state.record()
    },
    /** Orderly and idempotent. */
    stop: () => {
      stopping.abort()
      stopped ??= stopAll(state, options.stateFolder)
      return stopped
    },
    kill: () => {
      stopping.abort()
      for (const unit of units.values()) unit.kill()
      removeRunState(options.stateFolder)
    },
    stopping: stopping.signal,
    /** Resolves when all has been stopped, rejects when a process cannot be kept running. */
    ended: ended.promise,
  }
}

/** @typedef {ReturnType<typeof newSystem>} System */
