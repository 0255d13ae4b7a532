import { describe, expect, it } from 'vitest'
import { createBatched } from './batched.ts'

/** A read whose answers come when the test says so. */
function aSlowRead() {
  const batches: number[][] = []
  const ends: (() => void)[] = []
  const read = (keys: readonly number[]): Promise<number[]> => {
    batches.push([...keys])
    return new Promise((resolve, reject) => {
      ends.push(() =>
        keys.includes(-1) ? reject(new RangeError('no')) : resolve(keys.map((key) => key * 2)),
      )
    })
  }
  return { batches, end: () => ends.shift()?.(), get: createBatched(read) }
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('reads of one moment', () => {
  it('go together, and each gets its own answer', async () => {
    const { batches, end, get } = aSlowRead()
    const answers = Promise.all([get(1), get(2), get(3)])
    await turn()
    expect(batches).toEqual([[1, 2, 3]])
    end()
    expect(await answers).toEqual([2, 4, 6])
  })

  it('are never answered by a statement that was sent before them', async () => {
    const { batches, end, get } = aSlowRead()
    const first = get(1)
    await turn()
    const second = get(1)
    await turn()
    const third = get(5)
    const fourth = get(6)
    await turn()
    expect(batches).toEqual([[1], [1]])
    end()
    expect(await first).toBe(2)
    await turn()
    expect(batches).toEqual([[1], [1], [5, 6]])
    end()
    end()
    expect(await Promise.all([second, third, fourth])).toEqual([2, 10, 12])
  })

  it('fail together, and the next are sent all the same', async () => {
    const { end, get } = aSlowRead()
    const failed = Promise.allSettled([get(-1), get(1)])
    await turn()
    end()
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = get(4)
    await turn()
    end()
    expect(await next).toBe(8)
  })
})
