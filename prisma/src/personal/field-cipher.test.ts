import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { type FieldCipher, createFieldCipher, isSealed } from './field-cipher.ts'
import { type PersonKeys, createPersonKeys } from './person-keys.ts'

const ROOT = 'a'.repeat(64)
let folder: string
let keys: PersonKeys
let cipher: FieldCipher
const [vera, nina] = [newId(), newId()]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-field-cipher-'))
  keys = createPersonKeys({ folder, rootKey: ROOT })
  cipher = createFieldCipher(keys, ROOT)
})
afterAll(() => rm(folder, { recursive: true }))

const emailOf = (ownerId: string) => ({ ownerId, field: 'email' })

describe('a sealed field', () => {
  it('opens to what was sealed, whatever it is, and is never the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (plain) => {
        const sealed = await cipher.seal(emailOf(vera), plain)
        expect(isSealed(sealed)).toBe(true)
        expect(await cipher.open('email', sealed)).toBe(plain)
        expect(await cipher.seal(emailOf(vera), plain)).not.toBe(sealed)
      }),
    )
  })

  it('opens in no other field, for no other person, and with no character changed', async () => {
    const sealed = await cipher.seal(emailOf(vera), 'vera@example.org')
    await cipher.seal(emailOf(nina), 'nina@example.org')
    await expect(cipher.open('phone', sealed)).rejects.toThrow(Fault)
    const ofNina = sealed.replace(vera.replaceAll('-', ''), nina.replaceAll('-', ''))
    await expect(cipher.open('email', ofNina)).rejects.toThrow(Fault)
    const bodyAt = sealed.lastIndexOf('.') + 1
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: bodyAt, max: sealed.length - 2 }), async (at) => {
        const other = sealed[at] === 'A' ? 'B' : 'A'
        const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`
        await expect(cipher.open('email', changed)).rejects.toThrow(Fault)
      }),
    )
  })

  it('opens for nobody when its owner’s key is destroyed, and for a root key that is another', async () => {
    const gone = newId()
    const sealed = await cipher.seal(emailOf(gone), 'gone@example.org')
    const stranger = createPersonKeys({ folder, rootKey: randomBytes(32).toString('hex') })
    await expect(createFieldCipher(stranger, ROOT).open('email', sealed)).rejects.toThrow(Fault)
    await keys.destroy(gone)
    expect(await cipher.open('email', sealed)).toBeNull()
    await expect(cipher.seal(emailOf(gone), 'again@example.org')).rejects.toThrow(Fault)
  })

  it('is found by an index that is equal for equal values of one field alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const index = (field: string, plain: string) => cipher.indexOf(field, plain)
        expect(index('visitor.email', one) === index('visitor.email', other)).toBe(one === other)
        expect(index('visitor.email', one)).not.toBe(index('account.login', one))
        expect(index('visitor.email', one)).not.toBe(
          createFieldCipher(keys, 'b'.repeat(64)).indexOf('visitor.email', one),
        )
      }),
    )
  })
})
