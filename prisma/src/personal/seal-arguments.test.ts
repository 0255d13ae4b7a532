import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Panic } from '@visavis/contract/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { type FieldCipher, createFieldCipher } from './field-cipher.ts'
import { openResult } from './open-result.ts'
import { createPersonKeys } from './person-keys.ts'
import { sealArguments } from './seal-arguments.ts'

const ROOT = 'a'.repeat(64)
let folder: string
let cipher: FieldCipher
const visitorId = newId()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-seal-arguments-'))
  cipher = createFieldCipher(createPersonKeys({ folder, rootKey: ROOT }), ROOT)
})
afterAll(() => rm(folder, { recursive: true }))

const sealed = async (model: string, args: object) => sealArguments(cipher, model, args)

describe('the arguments of a query', () => {
  it('stay the same object where they say nothing personal', () => {
    const args = { where: { visitorId }, select: { email: true } }
    expect(sealArguments(cipher, 'Visitor', args)).toBe(args)
    expect(sealArguments(cipher, 'Terminal', args)).toBe(args)
    expect(sealArguments(cipher, undefined, args)).toBe(args)
  })

  it('are sealed in one row, in many, in a change and in both halves of an upsert', async () => {
    const row = { visitorId, email: 'vera@example.org', birthDate: '1985-04-12', phone: null }
    const asked = {
      ...{ where: { visitorId }, create: row, update: { email: { set: row.email } } },
      data: [row, row],
    }
    const args = await sealed('Visitor', asked)
    expect(JSON.stringify(args)).not.toMatch(/vera|1985/)
    expect(args).toMatchObject({ data: [{ visitorId, phone: null }, {}] })
    await openResult(cipher, args)
    const emailIndex = cipher.indexOf('visitor.email', row.email)
    expect(args).toEqual({
      where: { visitorId },
      create: { ...row, emailIndex },
      update: { email: row.email, emailIndex },
      data: [
        { ...row, emailIndex },
        { ...row, emailIndex },
      ],
    })
  })

  it('look for equal values by their index, however deep, and for nothing else', async () => {
    const emailIndex = cipher.indexOf('visitor.email', 'vera@example.org')
    const email = 'vera@example.org'
    expect(await sealed('Visitor', { where: { OR: [{ email }, { NOT: { email } }] } })).toEqual({
      where: { OR: [{ emailIndex }, { NOT: { emailIndex } }] },
    })
    expect(await sealed('Visitor', { where: { email: { in: [email] } } })).toEqual({
      where: { emailIndex: { in: [emailIndex] } },
    })
    expect(await sealed('Visitor', { where: { phone: { not: null }, email } })).toEqual({
      where: { phone: { not: null }, emailIndex },
    })
    await expect(sealed('Visitor', { where: { email: { contains: 'vera' } } })).rejects.toThrow(
      Panic,
    )
    await expect(sealed('Visitor', { where: { birthDate: '1985-04-12' } })).rejects.toThrow(Panic)
  })

  it('are refused where nobody can tell whose a value is', async () => {
    const data = { email: 'vera@example.org' }
    await expect(sealed('Visitor', { where: { version: 1 }, data })).rejects.toThrow(Panic)
    await expect(sealed('MailCode', { data })).resolves.toBeDefined()
  })
})

describe('a result', () => {
  it('is opened under the names of personal fields alone: who stored a copy elsewhere reads nothing', async () => {
    const email = await cipher.seal({ ownerId: visitorId, field: 'email' }, 'vera@example.org')
    const result = { givenName: email, phone: 'x', seats: [{ visitor: { email } }] }
    await openResult(cipher, result)
    expect(result).toEqual({
      ...{ givenName: email, phone: 'x' },
      seats: [{ visitor: { email: 'vera@example.org' } }],
    })
  })
})
