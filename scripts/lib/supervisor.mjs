import { afterExit } from './backoff.mjs'
import { readLines, signalGroup, spawnProcess, whenEnded } from './child-process.mjs'
import { Problem } from './problem.mjs'
import { sendSignal } from './processes.mjs'
import { giveUp, newUnit, onLine, watchBoot } from './supervised-unit.mjs'

/** @typedef {import('./child-process.mjs').ProcessSpec} ProcessSpec */
/** @typedef {import('./supervised-unit.mjs').SupervisorEvents} SupervisorEvents */
/** @typedef {import('./supervised-unit.mjs').Unit} Unit */
/** @typedef {import('./supervised-unit.mjs').Life} Life */

/** Long enough to end a recording's segment; a process that needs longer is stuck. */
const STOP_GRACE_MS = 8_000

/**
 * A process under supervision.
 * @typedef {object} Supervised
 * @property {string} name
 * @property {Promise<void>} ready the first time that it is ready; rejects when that never happens
 * @property {() => number | undefined} pid
 * @property {() => Promise<void>} stop orderly and idempotent
 * @property {() => void} kill at once, with its process group
 * @property {() => void} restart orderly end and a new start; also after it was given up
 */

/** @param {Unit} unit @param {Life} life */
const onExit = (unit, life) => {
  life.ended.abort()
  // What it had started itself must not stay behind.
  if (life.child.pid) signalGroup(life.child.pid, 'SIGKILL')
  unit.life = undefined
  unit.events.onChange?.()
}

/**
 * @param {Unit} unit @param {Life} life
 * @param {{code: number | null, signal: string | null}} end
 */
const afterLife = (unit, life, { code, signal }) => {
  if (unit.isStopping) return
  if (unit.isRestarting) return launch(unit)
  const wasReady = life.readyAtMs !== undefined
  const readyForMs = life.readyAtMs === undefined ? 0 : Date.now() - life.readyAtMs
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
    onExit(unit, life)
    afterLife(unit, life, { code: 1, signal: null })
  })
  child.once('exit', () => onExit(unit, life))
  whenEnded(child, (code, signal) => afterLife(unit, life, { code, signal }))
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

/** @param {Unit} unit */
const restart = (unit) => {
  if (unit.isStopping) return
  clearTimeout(unit.timer)
  unit.past = { attempts: 0, bootFailures: 0 }
  if (!unit.life) return launch(unit)
  unit.isRestarting = true
  void endLife(unit)
}

/** @param {Unit} unit */
const kill = (unit) => {
  forbidStart(unit)
  const pid = unit.life?.child.pid
  if (pid) signalGroup(pid, unit.spec.killSignal ?? 'SIGKILL')
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
    kill: () => kill(unit),
    restart: () => restart(unit),
  }
}
