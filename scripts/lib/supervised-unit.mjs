import { waitUntil } from './health.mjs'
import { Problem } from './problem.mjs'

/** @typedef {import('./child-process.mjs').ProcessSpec} ProcessSpec */

/** The slowest machine that we support boots a process in a few seconds. */
const BOOT_TIMEOUT_MS = 60_000

/** What a dying process said last, for the message to the person. */
const LAST_LINES = 30

/**
 * @typedef {object} SupervisorEvents
 * @property {(name: string, line: string) => void} onLine each line that a process writes
 * @property {(name: string, text: string) => void} [onNews] what the supervisor did about it
 * @property {() => void} [onChange] a process has a new pid, or none
 * @property {(problem: Problem) => void} [onGiveUp] a process cannot be started
 */

/**
 * One life of the process, from spawn to exit.
 * @typedef {object} Life
 * @property {import('node:child_process').ChildProcess} child
 * @property {number | undefined} readyAtMs undefined until it is ready
 * @property {AbortController} ended
 */

/** The state of one process under supervision. @param {ProcessSpec} spec @param {SupervisorEvents} events */
export const newUnit = (spec, events) => {
  const ready = Promise.withResolvers()
  // Who only waits for a later step must not be ended by an unhandled rejection.
  ready.promise.catch(() => undefined)
  return {
    spec,
    events,
    ready,
    past: { attempts: 0, bootFailures: 0 },
    isStopping: false,
    isRestarting: false,
    /** @type {Life | undefined} */
    life: undefined,
    /** @type {NodeJS.Timeout | undefined} */
    timer: undefined,
    /** @type {string[]} */
    lastLines: [],
    /** What a failed boot has said: the next attempt says the same, and once is enough. */
    alreadyShown: new Set(),
  }
}

/** @typedef {ReturnType<typeof newUnit>} Unit */

/** Takes a line that the process wrote. @param {Unit} unit @param {string} line */
export const onLine = (unit, line) => {
  unit.lastLines = [...unit.lastLines, line].slice(-LAST_LINES)
  if (!unit.alreadyShown.has(line)) unit.events.onLine(unit.spec.name, line)
}

/** Ends all attempts, with a reason for the person. @param {Unit} unit @param {string} why */
export const giveUp = (unit, why) => {
  const problem = new Problem(
    `The ${unit.spec.name} ${why}`,
    'Its last lines, above, say why. `npm run doctor` checks the usual causes.',
  )
  unit.ready.reject(problem)
  unit.events.onGiveUp?.(problem)
}

/** Notices when this life is ready, or never becomes it. @param {Unit} unit @param {Life} life */
export const watchBoot = async (unit, life) => {
  const isReady = await waitUntil(() => unit.spec.isReady(life.child.pid ?? 0), {
    timeoutMs: BOOT_TIMEOUT_MS,
    signal: life.ended.signal,
  })
  if (life.ended.signal.aborted || unit.isStopping) return
  if (!isReady) return giveUp(unit, `was not ready after ${BOOT_TIMEOUT_MS / 1000} s.`)
  life.readyAtMs = Date.now()
  unit.alreadyShown = new Set()
  unit.past = { ...unit.past, bootFailures: 0 }
  unit.ready.resolve(undefined)
}
