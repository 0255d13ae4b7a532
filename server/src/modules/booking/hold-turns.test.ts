import { describe, expect, it } from 'vitest'
import { createDoor, createTurns } from './hold-turns.ts'
import type { TurnAsk } from './hold-turns.ts'

const ask = (given: Partial<TurnAsk> = {}): TurnAsk => ({
  facilityId: 'facility',
  slotId: 'slot',
  free: null,
  ...given,
})
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('[BK-4] the door', () => {
  it('lets so many in, and the next when one has left, however often that one says so', async () => {
    const enter = createDoor(() => 1)
    const leave = await enter()
    const order: number[] = []
    const others = [1, 2].map(async (who) => {
      await enter()
      order.push(who)
    })
    leave()
    leave()
    await others[0]
    await turn()
    expect(order).toEqual([1])
  })
})

describe('[BK-4] turns', () => {
  it('come to three at once and then in the order of coming', async () => {
    const turns = createTurns()
    const order: number[] = []
    const taken = [1, 2, 3, 4, 5].map(async (who) => {
      const end = await turns.take(ask())
      order.push(who)
      return end
    })
    await turn()
    expect(order).toEqual([1, 2, 3])
    ;(await taken[1])?.()
    await turn()
    expect(order).toEqual([1, 2, 3, 4])
    ;(await taken[0])?.()
    await turn()
    expect(order).toEqual([1, 2, 3, 4, 5])
  })

  it('are of each facility by itself', async () => {
    const turns = createTurns()
    await Promise.all([1, 2, 3].map(() => turns.take(ask())))
    expect(await turns.take(ask({ facilityId: 'other' }))).not.toBeNull()
  })

  it('are not waited for by more than there are places, except for a moment', async () => {
    const turns = createTurns(0)
    const first = await turns.take(ask({ free: 2 }))
    await turns.take(ask({ free: 2 }))
    await turns.take(ask({ slotId: 'another' }))
    expect(await turns.take(ask({ free: 2 }))).toBeNull()
    // Who stands behind fewer waits for as long as it takes.
    const hopeful = turns.take(ask({ free: 5 }))
    first?.()
    expect(await hopeful).not.toBeNull()
  })

  it('come to whoever stands behind, if one of those in front fails in time', async () => {
    const turns = createTurns(60_000)
    const [first] = await Promise.all([1, 2, 3].map(() => turns.take(ask({ free: 3 }))))
    const last = turns.take(ask({ free: 3 }))
    first?.()
    expect(await last).not.toBeNull()
  })
})
