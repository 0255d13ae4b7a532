import { beforeEach } from 'vitest'

/** Makes the tests of this file steps of one journey: after the first that fails, the others are skipped. */
export function skipAfterFailure(): void {
  let hasFailed = false
  beforeEach(({ skip, onTestFailed }) => {
    skip(hasFailed, 'an earlier step failed')
    onTestFailed(() => void (hasFailed = true))
  })
}
