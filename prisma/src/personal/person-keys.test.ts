import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { createPersonKeys } from './person-keys.ts'

const ROOT = 'a'.repeat(64)
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-person-keys-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const aProcess = () => createPersonKeys({ folder, rootKey: ROOT })
const filesOf = async (ownerId: string) => readdir(join(folder, ownerId.slice(-2)))

describe('the key of a person', () => {
  it('is made once, however many processes ask for it at the same time', async () => {
    const ownerId = newId()
    const made = await Promise.all(Array.from({ length: 20 }, () => aProcess().provide(ownerId)))
    expect(new Set(made.map((key) => key.toString('hex')))).toHaveLength(1)
    expect(await filesOf(ownerId)).toEqual([`${ownerId}.key`])
  })

  it('is destroyed for good, in this process and in the next', async () => {
    const keys = aProcess()
    const ownerId = newId()
    await keys.provide(ownerId)
    await keys.destroy(ownerId)
    await keys.destroy(ownerId)
    for (const each of [keys, aProcess()]) {
      expect(await each.open(ownerId)).toBeNull()
      await expect(each.provide(ownerId)).rejects.toThrow(Fault)
    }
    expect(await filesOf(ownerId)).toEqual([`${ownerId}.erased`])
  })

  it('is destroyed by the next try where a crash came between mark and destruction', async () => {
    const ownerId = newId()
    await aProcess().provide(ownerId)
    await writeFile(join(folder, ownerId.slice(-2), `${ownerId}.erased`), Buffer.of(1))
    await aProcess().destroy(ownerId)
    expect(await aProcess().open(ownerId)).toBeNull()
  })

  it('is whole or not there: what a crash left of a file is no key', async () => {
    const ownerId = newId()
    const other = `${newId().slice(0, -2)}${ownerId.slice(-2)}`
    await aProcess().provide(other)
    await writeFile(join(folder, ownerId.slice(-2), `${ownerId}.key.0011.part`), Buffer.of(1, 2))
    const key = await aProcess().provide(ownerId)
    expect(await aProcess().open(ownerId)).toEqual(key)
  })

  it('is a fault where it is missing: a lost disk or backup erases nobody', async () => {
    const ownerId = newId()
    await aProcess().provide(ownerId)
    await rename(folder, `${folder}-elsewhere`)
    await expect(aProcess().open(ownerId)).rejects.toThrow('PERSON_KEYS_DIR')
    await rename(`${folder}-elsewhere`, folder)
    await rm(join(folder, ownerId.slice(-2), `${ownerId}.key`))
    await expect(aProcess().open(ownerId)).rejects.toThrow('bring back its backup')
  })
})
