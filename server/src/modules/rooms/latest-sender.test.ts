import { describe, expect, it } from 'vitest'
import { createLatestSender } from './latest-sender.ts'

/** A sender whose sends end when the test says so. */
function controlled() {
  const state = { value: 0, sent: [] as number[], atOnce: 0, most: 0 }
  const ends: (() => void)[] = []
  const sender = createLatestSender(async () => {
    state.atOnce += 1
    state.most = Math.max(state.most, state.atOnce)
    state.sent.push(state.value)
    await new Promise<void>((resolve) => ends.push(resolve))
    state.atOnce -= 1
  })
  return { state, sender, end: () => ends.shift()?.() }
}

describe('createLatestSender', () => {
  it('sends one at a time and leaves out what was overtaken', async () => {
    const { state, sender, end } = controlled()
    const flushes = [1, 2, 3].map((value) => {
      state.value = value
      return sender.flush()
    })
    end()
    await flushes[0]
    await Promise.resolve()
    end()
    await Promise.all(flushes)
    expect(state.sent).toEqual([1, 3])
    expect(state.most).toBe(1)
  })

  it('goes on after a send that failed, and says so to who asked for it', async () => {
    let attempts = 0
    const sender = createLatestSender(async () => {
      attempts += 1
      if (attempts === 1) throw new Error('unreachable')
    })
    const first = sender.flush()
    const second = sender.flush()
    await expect(first).rejects.toThrow('unreachable')
    await expect(second).resolves.toBeUndefined()
  })
})
