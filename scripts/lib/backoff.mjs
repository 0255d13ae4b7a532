/** Most deaths are single ones and a call is waiting: the first restart is at once, the next ones are not. */
const FIRST_DELAY_MS = 200

/** A process that keeps dying must neither fill the log nor be away for long when it is mended. */
const LONGEST_DELAY_MS = 5_000

/** A process that was well for this long starts again from the shortest delay. */
export const HEALTHY_AFTER_MS = 30_000

/** Exit code 1 this often before it was ever ready: its configuration is wrong, waiting is no cure. */
export const MOST_BOOT_FAILURES = 3

/** @param {number} attempt restarts since it was last well @returns {number} milliseconds to wait */
export const backoffMs = (attempt) =>
  attempt === 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1))

/**
 * What to do about a process that has ended by itself.
 * @param {{attempts: number, bootFailures: number}} past before this end
 * @param {{code: number | null, wasReady: boolean, readyForMs: number}} end
 * @returns {{kind: 'give-up'} | {kind: 'restart', delayMs: number, attempts: number, bootFailures: number}}
 */
export const afterExit = ({ attempts, bootFailures }, { code, wasReady, readyForMs }) => {
  const failures = code === 1 && !wasReady ? bootFailures + 1 : 0
  if (failures >= MOST_BOOT_FAILURES) return { kind: 'give-up' }
  const attempt = wasReady && readyForMs >= HEALTHY_AFTER_MS ? 0 : attempts
  const delayMs = backoffMs(attempt)
  return { kind: 'restart', delayMs, attempts: attempt + 1, bootFailures: failures }
}
