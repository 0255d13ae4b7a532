import { existsSync } from 'node:fs'

/**
 * Preloaded into a process (`--import`), it gives every thread of it a wall clock that is set by CLOCK_STEP_MS
 * as soon as the file CLOCK_STEP_FILE exists. Monotonic clocks go on as they are, as the machine's do.
 */
const stepMs = Number(process.env.CLOCK_STEP_MS)
const file = process.env.CLOCK_STEP_FILE
const RealDate = Date
const now = () => RealDate.now() + (existsSync(file) ? stepMs : 0)

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now())
    else super(...given)
  }

  static now() {
    return now()
  }
}
