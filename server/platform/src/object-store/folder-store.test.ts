import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFolderStore } from './folder-store.ts'
import { objectStoreContract } from './object-store-fixture.ts'

let folder: string
const inStore = (...parts: string[]): string => join(folder, 'store', ...parts)
const store = () => createFolderStore(join(folder, 'store'))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-store-'))
  await mkdir(inStore('visit', 'recording'), { recursive: true })
  await mkdir(join(folder, 'store-next-door'))
  await writeFile(inStore('visit', 'recording', 'track.webm'), '0123456789')
  await writeFile(join(folder, 'secret'), 'secret')
  await writeFile(join(folder, 'store-next-door', 'secret'), 'secret')
  await symlink(join(folder, 'secret'), inStore('link'))
  await symlink(join(folder, 'store-next-door'), inStore('next'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the folder store', { timeout: 60_000 }, () => {
  objectStoreContract(store)

  it.each(['link', 'next/secret', 'visit/recording', 'visit/recording/track.webm/deeper'])(
    'has nothing under %j',
    async (key) => {
      expect(await store().sizeOf(key)).toBeNull()
      expect(await store().stream(key, { start: 0, end: 1 })).toBeNull()
    },
  )

  it('never touches what lies outside of its folder, not through a link either', async () => {
    const local = join(folder, 'local')
    await writeFile(local, 'new')
    await expect(store().put('next/new', local)).rejects.toThrow('out of the store')
    await expect(store().put('link', local)).rejects.toThrow('another object')
    await store().remove('next/secret')
    await store().remove('link')
    expect(await readFile(join(folder, 'store-next-door', 'secret'), 'utf8')).toBe('secret')
    expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('secret')
    expect(await store().list('next/')).toEqual([])
    expect(await readdir(join(folder, 'store-next-door'))).toEqual(['secret'])
  })

  it('keeps a file that lies in its place already', async () => {
    await store().put('visit/recording/track.webm', inStore('visit', 'recording', 'track.webm'))
    expect(await store().sizeOf('visit/recording/track.webm')).toBe(10)
  })

  it('leaves no empty folder behind what it removes, and shows nothing half made', async () => {
    await writeFile(join(folder, 'local'), 'x')
    await store().put('gone/deep/er', join(folder, 'local'))
    await writeFile(inStore('gone', 'deep', 'half.part'), 'x')
    expect(await store().list('gone/')).toEqual(['gone/deep/er'])
    await rm(inStore('gone', 'deep', 'half.part'))
    await store().remove('gone/deep/er')
    expect(await readdir(inStore())).not.toContain('gone')
  })

  it('has nothing when its folder is not there yet', async () => {
    const early = createFolderStore(join(folder, 'early'))
    expect(await early.sizeOf('a')).toBeNull()
    expect(await early.list('')).toEqual([])
  })
})
