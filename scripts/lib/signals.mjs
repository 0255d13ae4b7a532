/** npm hands a terminal's Ctrl-C on to us, who had it already: one press arrives twice. */
const SAME_PRESS_MS = 500

/** What a shell reports for a program that an interrupt has ended. */
const INTERRUPTED_EXIT_CODE = 130

const END_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * The first signal asks for an orderly end; a second one ends at once.
 * @param {{onFirst: (signal: string) => void, onSecond: () => void}} handlers
 */
export const onEndSignals = ({ onFirst, onSecond }) => {
  let firstAtMs = 0
  /** @param {string} signal */
  const onSignal = (signal) => {
    const nowMs = performance.now()
    if (firstAtMs === 0) {
      firstAtMs = nowMs
      onFirst(signal)
    } else if (nowMs - firstAtMs > SAME_PRESS_MS) {
      onSecond()
      process.exit(INTERRUPTED_EXIT_CODE)
    }
  }
  for (const signal of END_SIGNALS) process.on(signal, onSignal)
}
