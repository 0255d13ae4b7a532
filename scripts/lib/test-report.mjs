/**
 * The part of vitest's JSON report that is counted.
 * @typedef {object} TestReport
 * @property {{status: string, assertionResults: {status: string}[]}[]} testResults one for each file
 */

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

const SKIPPED = new Set(['pending', 'skipped', 'todo', 'disabled'])

/** @param {{status: string}[]} results @param {(status: string) => boolean} isCounted */
const count = (results, isCounted) => results.filter(({ status }) => isCounted(status)).length

/**
 * Counts tests. A file that failed without a failing test in it (it could not be loaded, or its set-up
 * broke) counts as one failure: otherwise a broken import would look like a smaller, green run.
 * @param {TestReport} report @returns {Counts}
 */
export const countReport = ({ testResults }) => {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  /** @param {TestReport['testResults'][number]} file */
  const isBrokenFile = ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  return {
    passed: count(tests, (status) => status === 'passed'),
    failed: count(tests, (status) => status === 'failed') + testResults.filter(isBrokenFile).length,
    skipped: count(tests, (status) => SKIPPED.has(status)),
  }
}

/** @param {Counts} counts @returns {string} the run's last lines; the very last is the same for every run */
export const resultLines = ({ passed, failed, skipped }) =>
  [...(skipped > 0 ? [`${skipped} skipped`] : []), `${passed} passed, ${failed} failed`].join('\n')

/**
 * The whole run: the report, and what the report does not know.
 * @param {TestReport | undefined} report undefined: the runner wrote none
 * @param {number} exitCode the runner's; it also fails for errors outside any test
 * @returns {Counts}
 */
export const judgeRun = (report, exitCode) => {
  const counts = report ? countReport(report) : { passed: 0, failed: 0, skipped: 0 }
  const hasHiddenFailure = counts.failed === 0 && exitCode !== 0
  return hasHiddenFailure ? { ...counts, failed: 1 } : counts
}
