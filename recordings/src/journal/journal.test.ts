import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { bufferSource, openFileSource } from './byte-source.ts'
import { JournalHeader, encodeHeader, encodeRecord } from './journal-format.ts'
import type { RecordKind } from './journal-format.ts'
import { readHeader, readRecords } from './journal-reader.ts'
import { createJournalWriter } from './journal-writer.ts'

const header = JournalHeader.parse({
  v: 1,
  recordingId: '6ad4f6f8-08ad-4c2c-a6f4-0f5a4c4a7c11',
  visitId: '0c2f3ab2-5f0e-4f4e-9d5e-3c2f7b8f9a12',
  epoch: 1,
  wallStart: '2026-11-21T10:00:00.000Z',
  monoStart: '18446744073709551615',
})

const records = fc.array(
  fc.record({
    kind: fc.constantFrom<RecordKind>('rtp', 'rtcp', 'event'),
    monoNs: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    bytes: fc.uint8Array({ maxLength: 64 }),
  }),
  { maxLength: 8 },
)
type Written = { kind: RecordKind; monoNs: bigint; bytes: Uint8Array }

const journalOf = (written: readonly Written[]): Buffer =>
  Buffer.concat([
    encodeHeader(header),
    ...written.map(({ kind, monoNs, bytes }) => encodeRecord(kind, monoNs, bytes)),
  ])

function readBack(bytes: Buffer): Written[] | null {
  const source = bufferSource(bytes)
  const start = readHeader(source)
  if (!start) return null
  return [...readRecords(source, start.recordsAt)].map(({ kind, monoNs, bytes: body }) => ({
    kind,
    monoNs,
    bytes: new Uint8Array(body),
  }))
}

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'))
  folders.push(folder)
  return folder
}

describe('the journal', () => {
  it('checks records with the CRC-32 of zlib', () => {
    const record = encodeRecord('rtp', 7n, Buffer.from('123456789'))
    expect(crc32('123456789')).toBe(0xcbf43926)
    expect(record.readUInt32LE(record.length - 4)).toBe(crc32(record.subarray(0, -4)))
  })

  it('gives back what was written', () => {
    fc.assert(
      fc.property(records, (written) => {
        expect(readBack(journalOf(written))).toEqual(written)
      }),
    )
  })

  it('[RC-2] torn at any byte gives back a prefix: every record that is whole, and nothing else', () => {
    fc.assert(
      fc.property(records, fc.nat(), (written, seed) => {
        const whole = journalOf(written)
        const torn = whole.subarray(0, seed % (whole.length + 1))
        const read = readBack(torn)
        const isHeaderWhole = torn.length >= encodeHeader(header).length
        expect(read !== null).toBe(isHeaderWhole)
        const whollyThere = written.filter(
          (_, at) => journalOf(written.slice(0, at + 1)).length <= torn.length,
        )
        expect(read ?? []).toEqual(isHeaderWhole ? whollyThere : [])
      }),
    )
  })

  it('with any bit flipped gives back at most what stands before it', () => {
    fc.assert(
      fc.property(records, fc.nat(), (written, seed) => {
        const damaged = journalOf(written)
        const start = encodeHeader(header).length
        fc.pre(damaged.length > start)
        const at = start + (Math.floor(seed / 8) % (damaged.length - start))
        damaged[at] = (damaged[at] ?? 0) ^ (1 << (seed % 8))
        const read = readBack(damaged) ?? []
        expect(read).toEqual(written.slice(0, read.length))
        expect(journalOf(read).length).toBeLessThanOrEqual(at)
      }),
    )
  })

  it('is written to a file that is never written over', async () => {
    const path = join(await aFolder(), 'visit', 'recording', 'journal.vvj')
    const onFailed = (why: Error) => expect.unreachable(why.message)
    const journal = await createJournalWriter({ path, header, onFailed })
    journal.append('rtp', 5n, Buffer.from('one'))
    journal.append('event', 6n, Buffer.from('{}'))
    await journal.close()
    await journal.close()
    expect(readBack(await readFile(path))).toHaveLength(2)
    await expect(createJournalWriter({ path, header, onFailed })).rejects.toMatchObject({
      code: 'RECORDER_UNAVAILABLE',
    })
  })

  it('[RC-2] reaches the file without being closed', async () => {
    const path = join(await aFolder(), 'journal.vvj')
    const onFailed = (why: Error) => expect.unreachable(why.message)
    const journal = await createJournalWriter({ path, header, onFailed })
    journal.append('rtp', 5n, Buffer.from('one'))
    await expect
      .poll(async () => readBack(await readFile(path)), { timeout: 4_000 })
      .toHaveLength(1)
    await journal.close()
  })

  it('[RC-1] says so when the disk refuses', async () => {
    const path = join(await aFolder(), 'journal.vvj')
    await writeFile(path, 'a file where a folder should be')
    const onFailed = () => undefined
    await expect(
      createJournalWriter({ path: join(path, 'journal.vvj'), header, onFailed }),
    ).rejects.toMatchObject({ code: 'RECORDER_UNAVAILABLE' })
  })
})

describe('a file as a source', () => {
  it('reads the same as memory, wherever one looks', async () => {
    const path = join(await aFolder(), 'journal.vvj')
    const journal = await createJournalWriter({ path, header, onFailed: () => undefined })
    for (let at = 0; at < 200; at += 1) journal.append('rtp', BigInt(at), Buffer.alloc(60_000, at))
    await journal.close()
    const memory = bufferSource(await readFile(path))
    const file = openFileSource(path)
    fc.assert(
      fc.property(fc.nat(memory.size), fc.nat(5_000_000), (offset, length) => {
        expect(file.read(offset, length).equals(memory.read(offset, length))).toBe(true)
      }),
      { numRuns: 50 },
    )
    file.close()
  })
})
