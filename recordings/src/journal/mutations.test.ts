import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  HEAD_BYTES,
  SEALED_CHUNK_BYTES,
  fileContext,
  sealMessage,
} from '@visavis/platform/sealed/cobblestone'
import { DamagedBytes } from '@visavis/platform/sealed/damaged-bytes'
import { openSealedFile } from '@visavis/platform/sealed/sealed-file'
import { bufferSource } from './byte-source.ts'
import { aHeader, aKey, journalOf } from './journal-fixture.ts'
import { CHAIN_BYTES, chainAfter } from './journal-frame.ts'
import { openJournal } from './journal-reader.ts'
import { scanJournal } from './journal-scan.ts'
import { BYTE_MUTATIONS, UNIT_MUTATIONS, diceOf } from './mutations-fixture.ts'
import type { Dice, Mutated, Unit } from './mutations-fixture.ts'

/**
 * Evidence is damaged in every way there is, and no reader may give out one wrong byte, nor take the damaged for
 * whole. `MUTATIONS=10000` runs as many; each is known by its number and done again with `MUTATION=number`.
 */

const COUNT = Number(process.env['MUTATIONS'] ?? 600)
const ONLY = process.env['MUTATION']
const numbers = ONLY === undefined ? Array.from({ length: COUNT }, (_, at) => at) : [Number(ONLY)]

const OTHER_RECORDING = '7bd4f6f8-08ad-4c2c-a6f4-0f5a4c4a7c12'
const RECORDING = '6ad4f6f8-08ad-4c2c-a6f4-0f5a4c4a7c11'
const key = aKey('the recording')
const NONE = Buffer.alloc(0)
const noise = (name: string, bytes: number): Buffer =>
  createHash('shake256', { outputLength: bytes }).update(name).digest()

/** What a reader is given: bytes, and what it believes they are. */
type Given = Mutated & {
  readonly key: Uint8Array
  readonly recordingId: string
  readonly file: string
}

describe('[RC-4] no mutation gives out a wrong byte', { timeout: 60_000 + COUNT * 50 }, () => {
  const files = ['audio.webm.sealed', 'video.webm.sealed', 'thumbnails-video.sealed']
  const lengths = [3 * 16_384, 9 * 16_384 + 777, 40_000]
  const plainOf = (id: string, file: string): Buffer =>
    noise(`${id} ${file}`, lengths[files.indexOf(file)] ?? 1)
  const stored = (id: string, file: string): Buffer => {
    const sealed = sealedFiles.get(`${id} ${file}`)
    if (!sealed) return expect.unreachable('no such file')
    return sealed
  }
  const sealedFiles = new Map(
    [RECORDING, OTHER_RECORDING].flatMap((id) =>
      files.map((file) => {
        const keys = {
          key: aKey(id === RECORDING ? 'the recording' : 'another'),
          context: fileContext(id, file),
        }
        return [`${id} ${file}`, sealMessage(plainOf(id, file), keys)] as const
      }),
    ),
  )
  /** Head and chunks. */
  const unitsOf = (bytes: Buffer): Unit[] => {
    const units = [{ at: 0, bytes: HEAD_BYTES }]
    for (let at = HEAD_BYTES; at < bytes.length; at += SEALED_CHUNK_BYTES) {
      units.push({ at, bytes: Math.min(SEALED_CHUNK_BYTES, bytes.length - at) })
    }
    return units
  }
  const swapped: Record<string, (file: string, dice: Dice) => Omit<Given, 'file' | 'recordingId'>> =
    {
      fileOfThisRecording: (file, dice) => {
        const other = files[(files.indexOf(file) + 1 + dice.below(2)) % 3] ?? ''
        return { bytes: stored(RECORDING, other), key, what: `${other} for ${file}` }
      },
      fileOfAnother: (file) => ({ bytes: stored(OTHER_RECORDING, file), key, what: file }),
      fileAndKeyOfAnother: (file) => ({
        bytes: stored(OTHER_RECORDING, file),
        key: aKey('another'),
        what: file,
      }),
      key: (file, dice) => ({ bytes: stored(RECORDING, file), key: dice.bytes(32), what: file }),
      keyByABit: (file, dice) => {
        const { bytes: nearly, what } = mutate({ sort: 'flipBit' }, key, dice)
        return { bytes: stored(RECORDING, file), key: nearly, what }
      },
      chunkOfAnother: (file, dice) => {
        const bytes = Buffer.from(stored(RECORDING, file))
        const unit = unitsOf(bytes)[dice.below(unitsOf(bytes).length)] ?? { at: 0, bytes: 0 }
        bytes.set(stored(OTHER_RECORDING, file).subarray(unit.at, unit.at + unit.bytes), unit.at)
        return { bytes, key, what: `chunk at ${unit.at}` }
      },
    }
  const sorts = [
    ...Object.keys(BYTE_MUTATIONS),
    ...Object.keys(UNIT_MUTATIONS),
    ...Object.keys(swapped),
  ]

  it(`of ${numbers.length} on masters and thumbnails`, async () => {
    let damaged = 0
    for (const number of numbers) {
      const dice = diceOf(number)
      const sort = sorts[number % sorts.length] ?? ''
      const file = files[dice.below(files.length)] ?? ''
      const original = stored(RECORDING, file)
      const given = swapped[sort]?.(file, dice) ?? {
        ...mutate({ sort, units: unitsOf(original) }, original, dice),
        key,
      }
      const isSame = given.bytes.equals(original) && key.equals(given.key)
      const outcome = await readFile(
        { ...given, recordingId: RECORDING, file },
        plainOf(RECORDING, file),
        dice,
      )
      const told = `mutation ${number}: ${sort} of ${file}, ${given.what}`
      expect(outcome, told).toBe(isSame ? 'WHOLE' : 'DAMAGED')
      if (!isSame) damaged += 1
    }
    console.log(
      `${damaged} of ${numbers.length} mutations of masters and thumbnails changed something: all found`,
    )
  })

  it(`of ${numbers.length} on the journal`, () => {
    const journals = journalsForMutation()
    const journalSorts = [
      ...Object.keys(BYTE_MUTATIONS),
      ...Object.keys(UNIT_MUTATIONS),
      ...Object.keys(journals.more),
    ]
    let damaged = 0
    for (const number of numbers) {
      const dice = diceOf(number)
      const sort = journalSorts[number % journalSorts.length] ?? ''
      const more = journals.more[sort]
      const given = more?.(dice) ?? {
        ...mutate({ sort, units: journals.units }, journals.original, dice),
        key,
      }
      const isSame = given.bytes.equals(journals.original) && key.equals(given.key)
      const told = `mutation ${number}: ${sort} of the journal, ${given.what}`
      expect(journals.read(given), told).toBe(isSame ? 'WHOLE' : 'DAMAGED')
      if (!isSame) damaged += 1
    }
    console.log(
      `${damaged} of ${numbers.length} mutations of the journal changed something: all found`,
    )
  })
})

type Sort = { readonly sort: string; readonly units?: readonly Unit[] }

function mutate({ sort, units = [] }: Sort, bytes: Buffer, dice: Dice): Mutated {
  const mutation = BYTE_MUTATIONS[sort] ?? UNIT_MUTATIONS[sort]
  if (!mutation) return expect.unreachable(`no mutation ${sort}`)
  return mutation(bytes, dice, units)
}

/** Reads as a player does, here and there and then all; throws at a wrong byte. */
async function readFile(
  { bytes, key: with_, recordingId, file }: Given,
  plain: Buffer,
  dice: Dice,
) {
  try {
    const opened = await openSealedFile({
      key: with_,
      context: fileContext(recordingId, file),
      sealedBytes: bytes.length,
      readAt: async (start, end) => bytes.subarray(start, end + 1),
    })
    const given: (readonly [number, Buffer])[] = []
    let found: DamagedBytes | null = null
    for (const start of [dice.below(plain.length), dice.below(plain.length), 0]) {
      const end = start === 0 ? plain.length - 1 : start + dice.below(30_000)
      try {
        given.push([start, await opened.read(start, end)])
      } catch (error) {
        if (!(error instanceof DamagedBytes)) throw error
        found = error
      }
    }
    for (const [start, read] of given)
      expect(plain.subarray(start, start + read.length).equals(read)).toBe(true)
    if (found) throw found
    return opened.plainBytes === plain.length ? 'WHOLE' : 'SHORTER'
  } catch (error) {
    if (error instanceof DamagedBytes) return 'DAMAGED'
    throw error
  }
}

function journalsForMutation() {
  const framesOf = (name: string) =>
    Array.from({ length: 7 }, (_, frame) =>
      Array.from({ length: 6 }, (_, at) => ({
        kind: 'rtp' as const,
        monoNs: BigInt(frame * 1000 + at),
        bytes: new Uint8Array(noise(`${name} ${frame} ${at}`, 900 + 700 * at)),
      })),
    )
  const header = aHeader()
  const written = framesOf('this')
  const original = journalOf(written, { header, key })
  const another = journalOf(framesOf('that'), {
    header: aHeader({ recordingId: OTHER_RECORDING }),
    key,
  })
  const scan = scanJournal(bufferSource(original))
  const frames = scan?.frames ?? []
  const head = frames.at(-1)?.chain ?? Buffer.alloc(0)

  /** Somebody without the key mends the chain behind what he changed. */
  const withChainMended = (bytes: Buffer): Buffer => {
    const mended = Buffer.from(bytes)
    let before = scan?.headerSha256 ?? Buffer.alloc(0)
    for (const { at, bytes: length } of frames) {
      const frame = mended.subarray(at, at + length)
      before = chainAfter(before, frame)
      before.copy(frame, length - CHAIN_BYTES)
    }
    return mended
  }
  const more: Record<string, (dice: Dice) => Mutated & { key: Uint8Array }> = {
    mendedChain: (dice) => {
      const first = scan?.framesAt ?? 0
      const { bytes, what } = mutate({ sort: 'flipBit' }, original.subarray(first), dice)
      return {
        bytes: withChainMended(Buffer.concat([original.subarray(0, first), bytes])),
        what,
        key,
      }
    },
    frameOfAnother: (dice) => {
      const { at, bytes: length } = frames[dice.below(frames.length)] ?? { at: 0, bytes: 0 }
      const bytes = Buffer.from(original)
      bytes.set(another.subarray(at, at + length), at)
      const isMended = dice.below(2) === 1
      return {
        bytes: isMended ? withChainMended(bytes) : bytes,
        what: `at ${at}, mended: ${isMended}`,
        key,
      }
    },
    wholeOfAnother: () => ({ bytes: another, what: 'whole', key }),
    bodyOfAnother: () => {
      const first = scan?.framesAt ?? 0
      return {
        bytes: Buffer.concat([original.subarray(0, first), another.subarray(first)]),
        what: 'all frames',
        key,
      }
    },
    key: (dice) => ({ bytes: original, what: 'another key', key: dice.bytes(32) }),
  }
  return {
    original,
    more,
    units: frames.map(({ at, bytes }) => ({ at, bytes })),
    /** Reads all that can be read, throws at a wrong byte; whole is only what ends at the known head. */
    read(given: { bytes: Buffer; key: Uint8Array }): 'WHOLE' | 'DAMAGED' {
      const source = bufferSource(given.bytes)
      const journal = openJournal(source, given.key)
      if (!journal) return 'DAMAGED'
      const isThis = journal.header.recordingId === header.recordingId
      try {
        for (const { segment, records } of journal.segments()) {
          const sealed = written[segment.i] ?? []
          if (isThis) expect(areSame(records, sealed)).toBe(true)
        }
      } catch (error) {
        if (error instanceof DamagedBytes) return 'DAMAGED'
        throw error
      }
      return isWhole(journal, head) ? 'WHOLE' : 'DAMAGED'
    },
  }
}

type Bytes = readonly { readonly bytes: Uint8Array }[]

const areSame = (records: Bytes, sealed: Bytes): boolean =>
  records.length === sealed.length &&
  records.every(({ bytes }, at) => Buffer.compare(bytes, sealed[at]?.bytes ?? NONE) === 0)

const isWhole = (journal: NonNullable<ReturnType<typeof openJournal>>, head: Buffer): boolean =>
  journal.tornBytes + journal.damaged.length === 0 &&
  journal.isClosed &&
  journal.frames.at(-1)?.chain.equals(head) === true
