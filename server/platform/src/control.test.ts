import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, defineEvent } from '@visavis/contract/command'
import { Refusal } from '@visavis/contract/errors'
import { connectControl } from './control-client.ts'
import { serveControl } from './control-server.ts'
import { createLogger } from './log.ts'

const commands = {
  double: defineCommand({
    name: 'number:double',
    payload: z.strictObject({ value: z.number().max(10) }),
    reply: z.object({ value: z.number() }),
    refusals: ['NOT_FOUND'],
  }),
} as const
const events = { doubled: defineEvent('number:doubled', z.object({ value: z.number() })) } as const
const SECRET = 's'.repeat(32)

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function aLink(secret: string) {
  let calls = 0
  const server = await serveControl({
    host: '127.0.0.1',
    port: 0,
    secret: SECRET,
    commands,
    events,
    log: createLogger('test', 'silent'),
    health: () => ({ calls }),
    handlers: {
      double: async ({ value }) => {
        calls += 1
        if (value === 0) throw new Refusal('NOT_FOUND', { value })
        server.tell('number:doubled', { value: value * 2 })
        return { value: value * 2 }
      },
    },
  })
  const url = `http://127.0.0.1:${server.port}`
  const client = connectControl({ url, secret, commands, events, code: 'MEDIA_UNAVAILABLE' })
  closers.push(() => server.close(), client.close)
  return { server, client, url }
}

const connected = (client: { onConnected: (listener: () => void) => void }) =>
  new Promise<void>((resolve) => client.onConnected(resolve))

describe('the private control link', () => {
  it('carries a command there and its answer and events back', async () => {
    const { client } = await aLink(SECRET)
    await connected(client)
    const told = new Promise((resolve) => client.on('number:doubled', resolve))
    expect(await client.call('double', { value: 4 })).toEqual({ value: 8 })
    expect(await told).toEqual({ value: 8 })
  })

  it('gives a refusal back as the same refusal, and names the field of a malformed payload', async () => {
    const { client } = await aLink(SECRET)
    await connected(client)
    await expect(client.call('double', { value: 0 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      context: { value: 0 },
    })
    await expect(client.call('double', { value: 11 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      context: { fields: [{ field: 'value' }] },
    })
  })

  it('lets nobody in without the secret', async () => {
    const { client, url } = await aLink(randomUUID() + randomUUID())
    await expect(client.call('double', { value: 1 })).rejects.toMatchObject({
      code: 'MEDIA_UNAVAILABLE',
    })
    const health = (await (await fetch(`${url}/healthz`)).json()) as unknown
    expect(health).toEqual({ ok: true, calls: 0 })
    expect(client.isConnected()).toBe(false)
  })
})
