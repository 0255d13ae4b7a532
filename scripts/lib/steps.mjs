import { withSetupLock } from './setup-lock.mjs'

/** How often a terminal's line shows a new duration. */
const TICK_MS = 1_000

/**
 * One thing that set-up makes sure of.
 * @typedef {object} Step
 * @property {string} name
 * @property {string} describe what is being done, in a few words
 * @property {() => boolean} isDone cheap: it runs on every start
 * @property {(progress: (text: string) => void) => Promise<string | void>} run
 *   may resolve to a warning: the step is then not done, but the rest can go on
 */

/** @param {number} sinceMs @returns {string} */
const durationSince = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`

/**
 * One line that changes on a terminal; elsewhere each new text is a line of its own.
 * @param {Step} step @param {NodeJS.WriteStream} out
 */
const openLine = (step, out) => {
  const startedMs = Date.now()
  let detail = step.describe
  const draw = () => {
    const line = `… ${step.name}: ${detail} (${durationSince(startedMs)})`
    out.write(`\r\x1b[K${line.slice(0, (out.columns || 80) - 1)}`)
  }
  const timer = out.isTTY ? setInterval(draw, TICK_MS) : undefined
  if (out.isTTY) draw()
  else out.write(`… ${step.name}: ${detail}\n`)
  return {
    /** @param {string} text */
    progress: (text) => {
      detail = text
      if (out.isTTY) draw()
      else out.write(`  ${step.name}: ${text}\n`)
    },
    /** @param {string | void} warning */
    done: (warning) => {
      clearInterval(timer)
      const end = warning
        ? `! ${step.name}: ${warning}`
        : `✓ ${step.name} (${durationSince(startedMs)})`
      out.write(`${out.isTTY ? '\r\x1b[K' : ''}${end}\n`)
    },
    abandon: () => {
      clearInterval(timer)
      if (out.isTTY) out.write('\r\x1b[K')
    },
  }
}

/** @param {Step} step @param {NodeJS.WriteStream} out */
const runStep = async (step, out) => {
  // Another set-up may have done it while this one waited for its turn.
  if (step.isDone()) return
  const line = openLine(step, out)
  try {
    line.done(await step.run(line.progress))
  } catch (error) {
    line.abandon()
    throw error
  }
}

/**
 * Runs what is not done yet, in order; a step may rely on those before it.
 * @param {Step[]} steps @param {{quiet?: boolean, out?: NodeJS.WriteStream}} [options]
 */
export const runSteps = async (steps, { quiet = false, out = process.stdout } = {}) => {
  const startedMs = Date.now()
  if (steps.every((step) => step.isDone())) {
    if (!quiet) out.write(`✓ Set-up: everything is in place (${durationSince(startedMs)})\n`)
    return
  }
  await withSetupLock(out, async () => {
    for (const step of steps) await runStep(step, out)
  })
}
