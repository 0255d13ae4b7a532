import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ObjectStore } from './object-store.ts'

/** What every object store does, tested on each; call within a `describe`. */
export function objectStoreContract(open: () => ObjectStore): void {
  keepsWhatItIsGiven(open)
  knowsWhatItHas(open)
}

const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, at) => at * 7))
let folder: string

async function localFile(bytes: Buffer = content): Promise<string> {
  const path = join(folder, `local-${Math.random()}`)
  await writeFile(path, bytes)
  return path
}

function keepsWhatItIsGiven(open: () => ObjectStore): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'visavis-local-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('takes a file, and gives its size and any stretch of it', async () => {
    const store = open()
    const local = await localFile()
    await store.put('visit/taken/track.webm.sealed', local)
    await expect(readFile(local)).rejects.toThrow('ENOENT')
    const key = 'visit/taken/track.webm.sealed'
    expect(await store.sizeOf(key)).toBe(content.length)
    expect(await store.readAt(key, 2, 4)).toEqual(content.subarray(2, 5))
    expect(await store.readAt(key, 299_999, 400_000)).toEqual(content.subarray(299_999))
    expect(await store.readAt(key, 400_000, 400_001)).toHaveLength(0)
    const stream = await store.stream(key, { start: 100, end: 250_000 })
    expect(stream && content.subarray(100, 250_001).equals(await buffer(stream))).toBe(true)
  })

  it('takes an empty file', async () => {
    await open().put('visit/empty', await localFile(Buffer.alloc(0)))
    expect(await open().sizeOf('visit/empty')).toBe(0)
  })

  it('[RC-4] writes an object once: the same again changes nothing, another is refused', async () => {
    const store = open()
    await store.put('visit/once', await localFile())
    await store.put('visit/once', await localFile())
    const other = await localFile(Buffer.from('another'))
    await expect(store.put('visit/once', other)).rejects.toThrow('another object')
    expect(await readFile(other, 'utf8')).toBe('another')
    expect(await store.sizeOf('visit/once')).toBe(content.length)
    await store.remove('visit/once')
    await store.put('visit/once', other)
    expect(await store.sizeOf('visit/once')).toBe(7)
  })
}

function knowsWhatItHas(open: () => ObjectStore): void {
  it('has nothing where nothing was put', async () => {
    const store = open()
    expect(await store.sizeOf('visit/missing')).toBeNull()
    expect(await store.stream('visit/missing', { start: 0, end: 1 })).toBeNull()
    await expect(store.readAt('visit/missing', 0, 1)).rejects.toThrow('no such object')
  })

  it('[RC-7] removes for good, however often it is told', async () => {
    const store = open()
    await store.put('visit/removed/a', await localFile())
    await store.remove('visit/removed/a')
    await store.remove('visit/removed/a')
    expect(await store.sizeOf('visit/removed/a')).toBeNull()
    expect(await store.list('visit/removed')).toEqual([])
  })

  it('lists what begins with a prefix, in order', async () => {
    const store = open()
    for (const key of ['list/b/2', 'list/b/1', 'list/a', 'list/bc'])
      await store.put(key, await localFile())
    expect(await store.list('list/')).toEqual(['list/a', 'list/b/1', 'list/b/2', 'list/bc'])
    expect(await store.list('list/b')).toEqual(['list/b/1', 'list/b/2', 'list/bc'])
    expect(await store.list('list/b/')).toEqual(['list/b/1', 'list/b/2'])
    expect(await store.list('nothing/')).toEqual([])
  })

  it.each([
    '../secret',
    'visit/../../secret',
    '/etc/passwd',
    'a//b',
    'a\\b',
    'a\0',
    '',
    '.',
    'a/..',
  ])('has nothing under the key %j, and takes nothing', async (key) => {
    const store = open()
    expect(await store.sizeOf(key)).toBeNull()
    expect(await store.stream(key, { start: 0, end: 1 })).toBeNull()
    await store.remove(key)
    await expect(store.put(key, await localFile())).rejects.toThrow('out of the store')
  })
}
