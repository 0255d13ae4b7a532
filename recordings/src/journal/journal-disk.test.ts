import { execFile } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFrameQueue } from './journal-disk.ts'
import type { JournalFault } from './journal-disk.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-disk-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Frame = { readonly bytes: Buffer; readonly number: number }

function aQueue(file: FileHandle) {
  const written: number[] = []
  const faults: JournalFault[] = []
  const queue = createFrameQueue<Frame>({
    file,
    onWritten: ({ number }) => written.push(number),
    onFailed: (fault) => faults.push(fault),
  })
  return { queue, written, faults }
}

describe('[RC-3] the disk under a journal', { timeout: 60_000 }, () => {
  it('says of every frame that it is written, in order', async () => {
    const file = await open(join(folder, 'good'), 'ax')
    const { queue, written } = aQueue(file)
    for (let number = 0; number < 50; number += 1) {
      queue.push({ bytes: Buffer.alloc(1_000), number })
      if (number % 7 === 0) await queue.settle()
    }
    await queue.settle()
    expect(written).toEqual(Array.from({ length: 50 }, (_, number) => number))
    expect((await file.stat()).size).toBe(50_000)
    await file.close()
  })

  it('is full: nothing more is taken, and it is told once', async () => {
    const file = await open('/dev/full', 'w')
    const { queue, written, faults } = aQueue(file)
    queue.push({ bytes: Buffer.alloc(1_000), number: 0 })
    await expect(queue.settle()).rejects.toMatchObject({ why: 'DISK_FULL' })
    queue.push({ bytes: Buffer.alloc(1_000), number: 1 })
    await expect(queue.settle()).rejects.toMatchObject({ why: 'DISK_FULL' })
    expect(faults.map(({ why }) => why)).toEqual(['DISK_FULL'])
    expect(written).toEqual([])
    await file.close()
  })

  it('fails', async () => {
    const path = join(folder, 'read-only')
    await writeFile(path, '')
    const file = await open(path, 'r')
    const { queue } = aQueue(file)
    queue.push({ bytes: Buffer.alloc(1_000), number: 0 })
    await expect(queue.settle()).rejects.toMatchObject({ why: 'DISK_FAILED' })
    await file.close()
  })

  it('is too slow: it is given up before it eats the memory', async () => {
    const path = join(folder, 'pipe')
    await promisify(execFile)('mkfifo', [path])
    // Both ends are open and nobody reads: the write hangs as on a disk that hangs.
    const file = await open(path, 'r+')
    const { queue, faults } = aQueue(file)
    const frame = Buffer.alloc(256 * 1024)
    for (let number = 0; number < 300 && faults.length === 0; number += 1) {
      queue.push({ bytes: frame, number })
    }
    expect(faults.map(({ why }) => why)).toEqual(['DISK_SLOW'])
    for (let read = 0; read < frame.length;) {
      read += (await file.read(Buffer.alloc(frame.length))).bytesRead
    }
    await expect(queue.settle()).rejects.toMatchObject({ why: 'DISK_SLOW' })
    await file.close()
  })
})
