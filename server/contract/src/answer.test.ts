import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answer } from './answer.ts'
import { defineCommand } from './command.ts'
import type { DataOf, PayloadOf } from './command.ts'
import { Fault, Refusal, panic } from './errors.ts'

const knock = defineCommand({
  name: 'door:knock',
  payload: z.strictObject({ times: z.number().int().min(1) }),
  reply: z.object({ opened: z.boolean() }),
  refusals: ['VISIT_ENDED'],
})
type Handler = (payload: PayloadOf<typeof knock>) => Promise<DataOf<typeof knock>>

const opens: Handler = async () => ({ opened: true })

/** Sends one envelope and gives the answer and what was noted of a refusal. */
async function ask(handler: Handler, envelope: unknown) {
  const noted: string[] = []
  const run = answer(knock, handler, { onRefused: ({ code }) => noted.push(code) })
  let reply: unknown = null
  await run(envelope, (given: unknown) => {
    reply = given
  })
  return { reply, noted }
}

const anEnvelope = (payload: unknown = { times: 1 }, requestId: string = randomUUID()) => ({
  requestId,
  payload,
})

describe('the answer to a command', () => {
  it('carries the data of an accepted one', async () => {
    const { reply, noted } = await ask(opens, anEnvelope())
    expect(reply).toEqual({ ok: true, data: { opened: true } })
    expect(noted).toEqual([])
  })

  it.each([
    null,
    undefined,
    7,
    'x',
    {},
    { requestId: 'x', payload: {} },
    { ...anEnvelope(), more: 1 },
  ])('refuses a malformed envelope (%j) without running the command', async (envelope) => {
    const { reply, noted } = await ask(() => panic('was run'), envelope)
    expect(reply).toMatchObject({ ok: false, code: 'BAD_REQUEST', requestId: null })
    expect(noted).toEqual(['BAD_REQUEST'])
  })

  it('names the field of a malformed payload and its cure', async () => {
    const envelope = anEnvelope({ times: 0 })
    const { reply } = await ask(opens, envelope)
    expect(reply).toMatchObject({
      ok: false,
      code: 'BAD_REQUEST',
      requestId: envelope.requestId,
      context: { fields: [{ field: 'times', cure: expect.any(String) as string }] },
    })
  })

  it('refuses fields that the command does not have', async () => {
    const { reply } = await ask(opens, anEnvelope({ times: 1, admin: true }))
    expect(reply).toMatchObject({ ok: false, code: 'BAD_REQUEST' })
  })

  it('gives a refusal’s code and context, and a fault’s code only', async () => {
    const refused = await ask(async () => {
      throw new Refusal('VISIT_ENDED', { liftsAt: 'never' })
    }, anEnvelope())
    expect(refused.reply).toMatchObject({ code: 'VISIT_ENDED', context: { liftsAt: 'never' } })
    const failed = await ask(async () => {
      throw new Fault('the disk at /secret is full')
    }, anEnvelope())
    expect(failed.reply).toMatchObject({ code: 'DEPENDENCY_FAILED', context: {} })
  })

  it('says INTERNAL and nothing else about a broken invariant or a reply of the wrong shape', async () => {
    const panicked = await ask(() => panic('with a secret in it'), anEnvelope())
    expect(panicked.reply).toMatchObject({ code: 'INTERNAL', context: {} })
    expect(JSON.stringify(panicked.reply)).not.toContain('secret')
    const wrong = await ask(async () => ({ opened: 'yes' }) as never, anEnvelope())
    expect(wrong.reply).toMatchObject({ code: 'INTERNAL' })
  })

  it('notes a message without an acknowledgement as malformed, and does not carry it out', async () => {
    const noted: string[] = []
    const run = answer(knock, () => panic('was run'), {
      onRefused: ({ code }) => noted.push(code),
    })
    await run(anEnvelope(), undefined)
    expect(noted).toEqual(['BAD_REQUEST'])
  })
})
