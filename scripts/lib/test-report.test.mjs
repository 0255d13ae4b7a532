import { describe, expect, it } from 'vitest'
import { countReport, judgeRun, resultLines } from './test-report.mjs'

/** @param {string} status @param {...string} tests */
const file = (status, ...tests) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})

describe('the last line of a test run', () => {
  it('counts tests of all files', () => {
    const report = {
      testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')],
    }
    expect(resultLines(countReport(report))).toBe('3 passed, 1 failed')
  })

  it('counts a file that could not be loaded as a failure', () => {
    expect(countReport({ testResults: [file('failed'), file('failed', 'passed')] })).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
    })
  })

  it('names skipped tests, when there are any, before the line that every run ends with', () => {
    const report = { testResults: [file('passed', 'passed', 'pending', 'todo', 'skipped')] }
    expect(resultLines(countReport(report))).toBe('3 skipped\n1 passed, 0 failed')
  })

  it('is a failure when the runner failed for a reason that no test has', () => {
    expect(judgeRun({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({ failed: 1 })
    expect(judgeRun(undefined, 1)).toMatchObject({ passed: 0, failed: 1 })
    expect(judgeRun({ testResults: [file('passed', 'passed')] }, 0)).toMatchObject({ failed: 0 })
  })
})
