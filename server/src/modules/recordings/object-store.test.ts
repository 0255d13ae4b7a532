import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFolderStore } from './object-store.ts'

let folder: string
const store = () => createFolderStore(join(folder, 'store'))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-store-'))
  await mkdir(join(folder, 'store', 'visit', 'recording'), { recursive: true })
  await mkdir(join(folder, 'store-next-door'))
  await writeFile(join(folder, 'store', 'visit', 'recording', 'track.webm'), '0123456789')
  await writeFile(join(folder, 'secret'), 'secret')
  await writeFile(join(folder, 'store-next-door', 'secret'), 'secret')
  await symlink(join(folder, 'secret'), join(folder, 'store', 'link'))
  await symlink(join(folder, 'store-next-door'), join(folder, 'store', 'next'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the folder store', () => {
  const key = 'visit/recording/track.webm'

  it('gives the size and any stretch of an object', async () => {
    expect(await store().sizeOf(key)).toBe(10)
    const bytes = await store().read(key, { start: 2, end: 4 })
    expect(bytes && (await text(bytes))).toBe('234')
  })

  it.each([
    '../secret',
    'visit/../../secret',
    '/etc/passwd',
    'visit//recording/track.webm',
    'visit\\recording',
    'visit/recording/track.webm\0',
    'link',
    'next/secret',
    'visit/recording',
    'missing',
    'visit/recording/track.webm/deeper',
    '',
    '.',
  ])('has nothing under %j', async (bad) => {
    expect(await store().sizeOf(bad)).toBeNull()
  })

  it('reads nothing outside of its folder either', async () => {
    for (const bad of ['../secret', 'link', 'next/secret']) {
      expect(await store().read(bad, { start: 0, end: 1 })).toBeNull()
    }
  })
})
