import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSignerMemory } from './signer-memory.ts'

const SIZES = Array.from({ length: 40 }, (_, at) => ((at * 17) % 40) + 1)
const headOf = (size: number) => ({ size, root: Buffer.from(`root of ${size}`) })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-memory-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('[TR-2] the signer’s memory', () => {
  it('knows nothing at first', async () => {
    expect(await createSignerMemory(folder).read('audit/none')).toBeNull()
  })

  it('written by many at once fails none of them, and ends at the largest', async () => {
    const memory = createSignerMemory(folder)
    await Promise.all(SIZES.map((size) => memory.write('audit/f', headOf(size))))
    expect(await memory.read('audit/f')).toEqual(headOf(40))
  })

  it('never goes back, also for another signer', async () => {
    await createSignerMemory(folder).write('audit/f', headOf(3))
    expect(await createSignerMemory(folder).read('audit/f')).toEqual(headOf(40))
  })
})
