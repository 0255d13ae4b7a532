import { readLines, signalGroup, spawnProcess } from './child-process.mjs'
import { afterExit } from './backoff.mjs'
import { waitUntil } from './health.mjs'
import { Problem } from './problem.mjs'
import { sendSignal } from './processes.mjs'

/** @typedef {import('./child-process.mjs').ProcessSpec} ProcessSpec */

/** Long enough to end a recording's segment; a process that needs longer is stuck. */
const STOP_GRACE_MS = 8_000

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
 * A process under supervision.
 * @typedef {object} Supervised
 * @property {string} name
 * @property {Promise<void>} ready the first time that it is ready; rejects when that never happens
 * @property {() => number | undefined} pid
 * @property {() => Promise<void>} stop orderly and idempotent
 * @property {() => void} kill at once, with its process group
 * @property {() => void} restart orderly end and a new start
 */

/**
 * One life of the process, from spawn to exit.
 * @typedef {object} Life
 * @property {import('node:child_process').ChildProcess} child
 * @property {number | undefined} readyAtMs undefined until it is ready
 * @property {AbortController} ended
 */

/** @param {ProcessSpec} spec @param {SupervisorEvents} events */
const newUnit = (spec, events) => {
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

/** @param {Unit} unit @param {string} line */
const onLine = (unit, line) => {
  unit.lastLines = [...unit.lastLines, line].slice(-LAST_LINES)
  if (!unit.alreadyShown.has(line)) unit.events.onLine(unit.spec.name, line)
}

/** @param {Unit} unit @param {string} why */
const giveUp = (unit, why) => {
  const problem = new Problem(
    `The ${unit.spec.name} ${why}`,
    'Its last lines, above, say why. `npm run doctor` checks the usual causes.',
  )
  unit.ready.reject(problem)
  unit.events.onGiveUp?.(problem)
}

/** @param {Unit} unit @param {Life} life */
const watchBoot = async (unit, life) => {
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

/** @param {Unit} unit @param {Life} life @param {number | null} code @param {string | null} signal */
const onExit = (unit, life, code, signal) => {
  life.ended.abort()
  // What it had started itself must not stay behind.
  if (life.child.pid) signalGroup(life.child.pid, 'SIGKILL')
  unit.life = undefined
  unit.events.onChange?.()
  if (unit.isStopping) return
  if (unit.isRestarting) return launch(unit)
  const wasReady = life.readyAtMs !== undefined
  const readyForMs = wasReady ? Date.now() - life.readyAtMs : 0
  const next = afterExit(unit.past, { code, wasReady, readyForMs })
  if (next.kind === 'give-up') return giveUp(unit, 'refuses to start.')
  if (!wasReady) unit.alreadyShown = new Set([...unit.alreadyShown, ...unit.lastLines])
  else unit.events.onNews?.(unit.spec.name, `ended (${signal ?? `code ${code}`}), starts again`)
  unit.past = next
  unit.timer = setTimeout(() => launch(unit), next.delayMs)
}

/** @param {Unit} unit */
const launch = (unit) => {
  unit.isRestarting = false
  unit.lastLines = []
  const child = spawnProcess(unit.spec)
  /** @type {Life} */
  const life = { child, readyAtMs: undefined, ended: new AbortController() }
  unit.life = life
  readLines(child, (line) => onLine(unit, line))
  child.once('error', (error) => {
    if (child.pid) return
    onLine(unit, error.message)
    onExit(unit, life, 1, null)
  })
  child.once('exit', (code, signal) => onExit(unit, life, code, signal))
  unit.events.onChange?.()
  void watchBoot(unit, life)
}

/** Asks for an orderly end, waits for it, and insists after the grace. @param {Unit} unit */
const endLife = async ({ life, spec }) => {
  const pid = life?.child.pid
  if (!life || !pid || life.ended.signal.aborted) return
  const gone = new Promise((resolve) => life.child.once('exit', resolve))
  sendSignal(pid, spec.stopSignal ?? 'SIGTERM')
  const grace = setTimeout(() => signalGroup(pid, spec.killSignal ?? 'SIGKILL'), STOP_GRACE_MS)
  await gone
  clearTimeout(grace)
}

/** @param {Unit} unit */
const forbidStart = (unit) => {
  unit.isStopping = true
  clearTimeout(unit.timer)
  unit.ready.reject(new Problem(`The ${unit.spec.name} was stopped.`))
}

/**
 * Keeps one process running until it is stopped.
 * @param {ProcessSpec} spec @param {SupervisorEvents} events @returns {Supervised}
 */
export const supervise = (spec, events) => {
  const unit = newUnit(spec, events)
  launch(unit)
  return {
    name: spec.name,
    ready: unit.ready.promise,
    pid: () => unit.life?.child.pid,
    stop: () => {
      forbidStart(unit)
      return endLife(unit)
    },
    kill: () => {
      forbidStart(unit)
      if (unit.life?.child.pid) signalGroup(unit.life.child.pid, spec.killSignal ?? 'SIGKILL')
    },
    restart: () => {
      unit.isRestarting = unit.life !== undefined
      void endLife(unit)
    },
  }
}
