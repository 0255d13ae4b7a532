import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answer } from '@visavis/contract/answer'
import { defineCommand } from '@visavis/contract/command'
import { createReplyMemory } from './reply-memory.ts'

const count = defineCommand({
  name: 'thing:count',
  payload: z.strictObject({ step: z.number() }),
  reply: z.object({ total: z.number() }),
})

/** A counting command behind a memory, on a clock of the test's. */
function aCounter() {
  let total = 0
  const clock = { nowMs: 0 }
  const memory = createReplyMemory(() => clock.nowMs)
  const run = answer(count, async ({ step }) => ({ total: (total += step) }), { memory })
  const ask = async (requestId: string, step: number) => {
    let reply: unknown
    await run({ requestId, payload: { step } }, (given: unknown) => {
      reply = given
    })
    return reply
  }
  return { ask, clock }
}

describe('the memory of replies', () => {
  it('[BK-5] carries a repeated request out once, also while the first one runs', async () => {
    const { ask } = aCounter()
    const requestId = randomUUID()
    const replies = await Promise.all([ask(requestId, 2), ask(requestId, 2)])
    expect(replies).toEqual([
      { ok: true, data: { total: 2 } },
      { ok: true, data: { total: 2 } },
    ])
    expect(await ask(randomUUID(), 1)).toEqual({ ok: true, data: { total: 3 } })
  })

  it('[BK-5] refuses an id that is used again for something else', async () => {
    const { ask } = aCounter()
    const requestId = randomUUID()
    await ask(requestId, 2)
    expect(await ask(requestId, 3)).toMatchObject({ ok: false, code: 'REQUEST_ID_REUSED' })
    expect(await ask(randomUUID(), 0)).toEqual({ ok: true, data: { total: 2 } })
  })

  it('forgets after a minute', async () => {
    const { ask, clock } = aCounter()
    const requestId = randomUUID()
    await ask(requestId, 2)
    clock.nowMs = 61_000
    expect(await ask(requestId, 2)).toEqual({ ok: true, data: { total: 4 } })
  })
})
