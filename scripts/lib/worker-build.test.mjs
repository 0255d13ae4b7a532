import { describe, expect, it } from 'vitest'
import { ninjaProgress } from './worker-build.mjs'

describe('the progress of the worker’s build', () => {
  const shownFor = (isTTY) => {
    const shown = []
    const onLine = ninjaProgress((text) => shown.push(text), isTTY)
    for (let file = 1; file <= 200; file += 1) onLine(`[${file}/200] Compiling C++ object`)
    onLine('ninja: no work to do.')
    return shown
  }

  it('is one line for each tenth in a log', () => {
    expect(shownFor(false)).toHaveLength(10)
    expect(shownFor(false).at(-1)).toContain('200 of 200 files (100 %)')
  })

  it('moves with every file on a screen', () => {
    expect(shownFor(true).length).toBeGreaterThan(100)
  })
})
