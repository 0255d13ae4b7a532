import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { merkleLeaf } from '@visavis/platform/proof/merkle'
import { DamagedBytes } from '@visavis/platform/sealed/damaged-bytes'
import { bufferSource, openFileSource } from './byte-source.ts'
import { aHeader, aKey, journalOf } from './journal-fixture.ts'
import type { Written } from './journal-fixture.ts'
import { encodeHeader, readEvent } from './journal-format.ts'
import type { RecordKind } from './journal-format.ts'
import { CHAIN_BYTES, FRAME_MS, FRAME_RECORDS_BYTES } from './journal-frame.ts'
import { openJournal } from './journal-reader.ts'
import { cutTail, scanFile, scanJournal } from './journal-scan.ts'
import { createJournalWriter } from './journal-writer.ts'
import type { JournalHead, JournalWriterOptions } from './journal-writer.ts'

const header = aHeader()
const key = aKey('the recording')
/** Disks and machines that have much to do. */
const SLOW = { timeout: 60_000 }

const record = fc.record({
  kind: fc.constantFrom<RecordKind>('rtp', 'rtcp', 'event'),
  monoNs: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  bytes: fc.uint8Array({ maxLength: 64 }),
})
const frames = fc.array(fc.array(record, { maxLength: 4 }), { maxLength: 5 })

function readBack(bytes: Buffer): Written[] | null {
  const journal = openJournal(bufferSource(bytes), key)
  if (!journal) return null
  return [...journal.records()].map(({ kind, monoNs, bytes: body, offset }) => {
    expect(journal.plain.read(offset, body.length).equals(body)).toBe(true)
    return { kind, monoNs, bytes: new Uint8Array(body) }
  })
}

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

async function aPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'))
  folders.push(folder)
  return join(folder, 'journal.vvj')
}

const aWriter = (path: string, change: Partial<JournalWriterOptions> = {}) =>
  createJournalWriter({
    path,
    header: aHeader({ monoStart: String(process.hrtime.bigint()) }),
    key,
    clock: { now: () => new Date('2026-11-21T10:00:00.000Z') },
    onHead: () => undefined,
    onFailed: (fault) => expect.unreachable(fault.message),
    ...change,
  })

describe('the journal', SLOW, () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(frames, (written) => {
        expect(readBack(journalOf(written, { header, key }))).toEqual(written.flat())
      }),
    )
  })

  it('[RC-2] torn at any byte gives back every whole chunk and nothing else, and says how much is torn', () => {
    fc.assert(
      fc.property(frames, fc.nat(), (written, seed) => {
        const whole = journalOf(written, { header, key })
        const torn = whole.subarray(0, seed % (whole.length + 1))
        const scan = scanJournal(bufferSource(torn))
        const isHeaderWhole = torn.length >= encodeHeader(header).length
        expect(scan !== null).toBe(isHeaderWhole)
        if (!scan) return
        const borders = [scan.framesAt, ...scanned(whole).map(({ at, bytes }) => at + bytes)]
        const wholeFrames = borders.filter((border) => border <= torn.length).length - 1
        expect(scan.frames).toHaveLength(wholeFrames)
        expect(scan.tornBytes).toBe(torn.length - (borders[wholeFrames] ?? 0))
        expect(scan.isClosed).toBe(wholeFrames === written.length && written.length > 0)
        expect(readBack(torn)).toEqual(written.slice(0, wholeFrames).flat())
      }),
    )
  })

  it('[RC-2] is cut to its last whole chunk, and the torn end is kept beside it', async () => {
    const path = await aPath()
    const written = [[aRecord('one')], [aRecord('two')], [aRecord('three')]]
    const whole = journalOf(written, { header, key })
    await writeFile(path, whole.subarray(0, whole.length - 40))
    const lastAt = scanned(whole).at(-1)?.at ?? 0
    expect(await cutTail(path)).toBe(whole.length - 40 - lastAt)
    expect((await stat(path)).size).toBe(lastAt)
    const kept = await readFile(`${path}.cut`)
    expect(Buffer.concat([await readFile(path), kept])).toEqual(
      whole.subarray(0, whole.length - 40),
    )
    expect(await cutTail(path)).toBe(0)
    expect(readBack(await readFile(path))).toEqual(written.slice(0, 2).flat())
  })

  it('is not cut when more is broken than a crash can tear', async () => {
    const path = await aPath()
    const whole = journalOf([[aRecord('one')], [aRecord('two')]], { header, key })
    whole[whole.length - 1] = (whole[whole.length - 1] ?? 0) ^ 1
    await writeFile(path, whole)
    const file = await open(path, 'r+')
    await file.truncate(100 * 1024 * 1024)
    await file.close()
    await expect(cutTail(path)).rejects.toThrow('damaged before its end')
    expect((await stat(path)).size).toBe(100 * 1024 * 1024)
  })

  it('[RC-2] damaged within a chunk loses that chunk only, and says where and when', () => {
    const written = Array.from({ length: 6 }, (_, at) => [aRecord(`${at} `.repeat(600))])
    const whole = journalOf(written, { header, key })
    const places = scanned(whole)
    fc.assert(
      fc.property(fc.nat(5), fc.nat(), aDamage, (chunk, seed, damage) => {
        const { at, bytes } = places[chunk] ?? { at: 0, bytes: 0 }
        // What the chunk leaves to the next one, its place in the chain, stays.
        const from = at + (seed % (bytes - CHAIN_BYTES - 64))
        const found = openJournal(bufferSource(damage(whole, from)), key)
        expect([...(found?.records() ?? [])].map(({ bytes: body }) => body.toString())).toEqual(
          written.filter((_, other) => other !== chunk).map(textOf),
        )
        // Of the last one nobody can say whether a crash tore it.
        const isLast = chunk === 5
        const there = { at, fromMs: Math.max(0, chunk * 1000 - 1), toMs: (chunk + 1) * 1000 }
        expect(found?.damaged).toMatchObject(isLast ? [] : [there])
        expect(found?.isClosed).toBe(!isLast)
        expect(found?.tornBytes === 0).toBe(!isLast)
      }),
    )
  })

  it('[RC-2] damaged wherever it may be loses two chunks at most, and gives no wrong byte', () => {
    const written = Array.from({ length: 6 }, (_, at) => [aRecord(`${at} `.repeat(600))])
    const whole = journalOf(written, { header, key })
    const first = scanned(whole)[0]?.at ?? 0
    fc.assert(
      fc.property(fc.nat(), aDamage, (seed, damage) => {
        const from = first + (seed % (whole.length - first - 64))
        const found = openJournal(bufferSource(damage(whole, from)), key)
        const texts = [...(found?.records() ?? [])].map(({ bytes: body }) => body.toString())
        const all = written.map(textOf)
        expect(all.filter((text) => texts.includes(text))).toEqual(texts)
        // One on each side of a border, and the one whose place in the chain is gone with it.
        expect(texts.length).toBeGreaterThanOrEqual(all.length - 2)
      }),
      { numRuns: 300 },
    )
  })

  it('proves every chunk: its hash, its place, its leaf', () => {
    const bytes = journalOf([[aRecord('one')], [aRecord('two')]], { header, key })
    const journal = openJournal(bufferSource(bytes), key)
    const segments = [...(journal?.segments() ?? [])].map(({ segment }) => segment)
    expect(segments.map(({ i, at, fromMs }) => ({ i, at, fromMs }))).toEqual([
      { i: 0, at: journal?.framesAt, fromMs: 0 },
      { i: 1, at: scanned(bytes)[1]?.at, fromMs: 1000 },
    ])
    for (const [at, frame] of scanned(bytes).entries()) {
      expect(segments[at]?.chain).toBe(frame.chain.toString('hex'))
      expect(frame.leaf).toEqual(merkleLeaf(bytes.subarray(frame.at, frame.at + frame.bytes)))
    }
  })

  it('opens nothing with another key, and says where', () => {
    const bytes = journalOf([[aRecord('one')]], { header, key })
    const journal = openJournal(bufferSource(bytes), aKey('another'))
    expect(() => [...(journal?.records() ?? [])]).toThrow(DamagedBytes)
    expect(() => journal?.plain.read(0, 1)).toThrow(/bytes \d+–\d+/)
  })
})

describe('the journal on disk', SLOW, () => {
  it('[RC-2] is sealed, never written over, and closed with both clocks', async () => {
    const path = await aPath()
    const heads: JournalHead[] = []
    const journal = await aWriter(path, { onHead: (head) => heads.push(head) })
    journal.append('rtp', process.hrtime.bigint(), Buffer.from('a picture of somebody'))
    journal.note({ event: 'note', note: { at: '2026-11-21T10:00:00.000Z', kind: 'MUTED' } })
    await journal.settle()
    await journal.close('CLOSED')
    await journal.close('LEFT')
    const bytes = await readFile(path)
    expect(bytes.includes('somebody')).toBe(false)
    expect(bytes.includes('MUTED')).toBe(false)
    expect(bytes.includes(key)).toBe(false)
    const events = (readBack(bytes) ?? []).map(({ kind, bytes: body }) =>
      kind === 'event' ? readEvent(Buffer.from(body))?.event : kind,
    )
    expect(events).toEqual(['anchor', 'rtp', 'note', 'anchor', 'closed'])
    const scan = scanFile(path)
    expect(scan).toMatchObject({ isClosed: true, tornBytes: 0 })
    expect(heads.at(-1)).toEqual({
      chunks: scan?.frames.length,
      chain: scan?.frames.at(-1)?.chain.toString('hex'),
      bytes: bytes.length,
    })
    await expect(aWriter(path)).rejects.toMatchObject({ code: 'RECORDER_UNAVAILABLE' })
  })

  it('[RC-2] left open by a recorder that stops is whole, and not closed', async () => {
    const path = await aPath()
    const journal = await aWriter(path)
    journal.append('rtp', process.hrtime.bigint(), Buffer.from('one'))
    await journal.close('LEFT')
    expect(scanFile(path)).toMatchObject({ isClosed: false, tornBytes: 0 })
    expect(readBack(await readFile(path))?.map(({ kind }) => kind)).toEqual([
      'event',
      'rtp',
      'event',
    ])
  })

  it('[RC-2] reaches the file without being closed or settled', async () => {
    const path = await aPath()
    const journal = await aWriter(path)
    journal.append('rtp', process.hrtime.bigint(), Buffer.from('one'))
    const rtpRead = async () => readBack(await readFile(path))?.some(({ kind }) => kind === 'rtp')
    await expect.poll(rtpRead, { timeout: 20_000 }).toBe(true)
    await journal.close('LEFT')
  })

  it('[RC-2] holds no more than a second or 256 KB in a chunk', async () => {
    const path = await aPath()
    const journal = await aWriter(path)
    const start = process.hrtime.bigint()
    for (let at = 0; at < 400; at += 1) {
      journal.append(
        'rtp',
        start + BigInt(at) * 13_000_000n,
        Buffer.alloc(at % 2 ? 60_000 : 900, at),
      )
    }
    await journal.close('CLOSED')
    const source = openFileSource(path)
    const opened = openJournal(source, key)
    let records = 0
    for (const { segment, records: some } of opened?.segments() ?? []) {
      expect(segment.toMs - segment.fromMs).toBeLessThan(FRAME_MS)
      const bytes = some.reduce((sum, { bytes: body }) => sum + body.length + 13, 0)
      expect(bytes).toBeLessThanOrEqual(FRAME_RECORDS_BYTES)
      records += some.filter(({ kind }) => kind === 'rtp').length
    }
    source.close()
    expect(records).toBe(400)
  })

  it('[RC-1] says so when the disk refuses the journal', async () => {
    const path = await aPath()
    await writeFile(path, 'a file where a folder should be')
    await expect(aWriter(join(path, 'journal.vvj'))).rejects.toMatchObject({
      code: 'RECORDER_UNAVAILABLE',
    })
  })
})

describe('a file as a source', SLOW, () => {
  it('reads the same as memory, wherever one looks, plain and sealed', async () => {
    const path = await aPath()
    const journal = await aWriter(path)
    for (let at = 0; at < 200; at += 1) {
      journal.append('rtp', process.hrtime.bigint(), Buffer.alloc(60_000, at))
    }
    await journal.close('CLOSED')
    const memory = bufferSource(await readFile(path))
    const file = openFileSource(path)
    const plain = openJournal(memory, key)?.plain
    const plainOfFile = openJournal(file, key)?.plain
    const all = plain?.read(0, plain.size) ?? Buffer.alloc(0)
    expect(all.length).toBeGreaterThan(12_000_000)
    fc.assert(
      fc.property(fc.nat(memory.size), fc.nat(5_000_000), (offset, length) => {
        expect(file.read(offset, length).equals(memory.read(offset, length))).toBe(true)
        const expected = all.subarray(offset, offset + length)
        expect(plainOfFile?.read(offset, length).equals(expected)).toBe(true)
      }),
      { numRuns: 30 },
    )
    file.close()
  })
})

function aRecord(text: string): Written {
  return { kind: 'rtp', monoNs: 5n, bytes: new Uint8Array(Buffer.from(text)) }
}

/** Up to 64 bytes flipped, overwritten, cut out or put in at a place. */
const aDamage = fc
  .record({
    sort: fc.constantFrom('flip', 'overwrite', 'cutOut', 'putIn'),
    length: fc.integer({ min: 1, max: 64 }),
  })
  .map(({ sort, length }) => (bytes: Buffer, at: number): Buffer => {
    const [before, there] = [bytes.subarray(0, at), bytes.subarray(at, at + length)]
    const after = bytes.subarray(at + length)
    const flipped = Buffer.from(there.map((byte) => byte ^ 0xff))
    const put = {
      flip: flipped,
      overwrite: Buffer.alloc(length, ~(there[0] ?? 0)),
      cutOut: Buffer.alloc(0),
    }
    if (sort === 'putIn') return Buffer.concat([before, flipped, there, after])
    return Buffer.concat([before, put[sort], after])
  })

const textOf = ([record]: Written[]): string => Buffer.from(record?.bytes ?? []).toString()

function scanned(bytes: Buffer) {
  return scanJournal(bufferSource(bytes))?.frames ?? []
}
