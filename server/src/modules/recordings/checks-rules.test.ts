import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareBlocks,
  compareJournal,
  findingText,
  headOffChain,
  problemOf,
  problemsOf,
} from './checks-rules.ts'
import type { Comparison } from './checks-rules.ts'

const BLOCK = 1024 * 1024
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const hex = (bytes: Buffer) => bytes.toString('hex')

const FILE = Buffer.alloc(2 * BLOCK + 500, 'not all the same ')
const PROOF = {
  bytes: FILE.length,
  blocks: [0, 1, 2].map((index) => hex(sha256(FILE.subarray(index * BLOCK, (index + 1) * BLOCK)))),
}

/** A journal of frames that hang on each other, and its manifest's part. */
function aJournal() {
  const header = Buffer.from('{"v":2}\n')
  const parts = [header]
  const segments = []
  let chain = sha256(header)
  let at = header.length
  for (let i = 0; i < 5; i += 1) {
    const body = Buffer.alloc(300 + i, `frame ${i} `)
    chain = sha256(chain, body)
    const bytes = body.length + chain.length
    segments.push({ i, fromMs: 0, toMs: 0, at, bytes, sha256: hex(chain), chain: hex(chain) })
    parts.push(body, chain)
    at += bytes
  }
  const bytes = Buffer.concat(parts)
  return { bytes, journal: { bytes: at, headerSha256: hex(sha256(header)), segments, damaged: [] } }
}
const JOURNAL = aJournal()

/** Fed in pieces, as a store gives them. */
function fed(comparison: Comparison, bytes: Buffer, step: number) {
  for (let at = 0; at < bytes.length; at += step) comparison.add(bytes.subarray(at, at + step))
  return comparison.end()
}

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe('[RC-2] files compared with their proofs', () => {
  it('are good in whatever pieces they come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * BLOCK }), (step) => {
        expect(fed(compareBlocks(PROOF), FILE, Math.max(step, 9_000))).toBeNull()
        expect(fed(compareJournal(JOURNAL.journal), JOURNAL.bytes, step % 700 || 1)).toBeNull()
      }),
      { numRuns: 20 },
    )
  })

  it('have the first bad stretch named, which the bad byte is in', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: FILE.length - 1 }),
        fc.nat({ max: JOURNAL.bytes.length - 1 }),
        (a, b) => {
          const file = fed(compareBlocks(PROOF), flipped(FILE, a), 900_000)
          const journal = fed(compareJournal(JOURNAL.journal), flipped(JOURNAL.bytes, b), 200)
          for (const [bad, at] of [
            [file, a],
            [journal, b],
          ] as const) {
            expect(bad?.fromByte).toBeLessThanOrEqual(at)
            expect(bad?.toByte).toBeGreaterThanOrEqual(at)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('are found when they are cut or longer', () => {
    expect(fed(compareBlocks(PROOF), FILE.subarray(0, -1), BLOCK)).toEqual({
      ...{ fromByte: 2 * BLOCK, toByte: FILE.length - 1 },
    })
    expect(fed(compareBlocks(PROOF), Buffer.concat([FILE, Buffer.of(1)]), BLOCK)).toEqual({
      ...{ fromByte: FILE.length, toByte: FILE.length },
    })
    expect(fed(compareBlocks(PROOF), Buffer.alloc(0), 1)).toMatchObject({ fromByte: 0 })
  })

  it('are told in one line', () => {
    expect(findingText(null)).toBe('OK')
    const damaged = { code: 'DAMAGED', file: 'a.sealed', fromByte: 3, toByte: 9 } as const
    expect(findingText(damaged)).toBe('DAMAGED a.sealed 3-9')
  })

  it('show a chain that was noted while it was made and is not there', () => {
    const { journal } = JOURNAL
    const head = { chunks: 3, chain: journal.segments[2]?.chain ?? '' }
    expect(headOffChain([head], journal)).toBeNull()
    expect(headOffChain([{ ...head, chunks: 9 }], journal)).toMatchObject({ chunks: 9 })
    expect(headOffChain([{ ...head, chunks: 2 }], journal)).toMatchObject({ chunks: 2 })
  })

  it('are good with the damage that their manifest tells, and not with another', () => {
    const damaged = withDamage(2)
    expect(fed(compareJournal(damaged.journal), damaged.bytes, 100)).toBeNull()
    fc.assert(
      fc.property(fc.nat({ max: damaged.bytes.length - 1 }), (at) => {
        const bad = fed(compareJournal(damaged.journal), flipped(damaged.bytes, at), 100)
        expect(bad?.fromByte).toBeLessThanOrEqual(at)
        expect(bad?.toByte).toBeGreaterThanOrEqual(at)
      }),
    )
    const { segments } = JOURNAL.journal
    const headOf = (chunks: number) => ({ chunks, chain: segments[chunks - 1]?.chain ?? '' })
    expect(headOffChain([headOf(2), headOf(3), headOf(4)], damaged.journal)).toBeNull()
    expect(headOffChain([{ ...headOf(4), chunks: 2 }], damaged.journal)).toMatchObject({
      chunks: 2,
    })
  })

  it('[RC-4] are told one by one, also of a check that kept the first only', () => {
    const damaged = { code: 'DAMAGED', file: 'a.sealed', fromByte: 3, toByte: 9 } as const
    const missing = { code: 'MISSING', file: 'b.sealed' } as const
    const problems = [damaged, missing].map(problemOf)
    expect(problemsOf({ problems, finding: findingText(damaged) })).toEqual([damaged, missing])
    for (const one of [damaged, missing]) {
      expect(problemsOf({ problems: [], finding: findingText(one) })).toEqual([one])
    }
    expect(problemsOf({ problems: [], finding: findingText(null) })).toEqual([])
  })
})

/** The journal with a frame that was damaged when its manifest was made. */
function withDamage(number: number) {
  const { bytes, journal } = JOURNAL
  const lost = journal.segments[number]
  if (!lost) return expect.unreachable('no such frame')
  const changed = flipped(bytes, lost.at + 40)
  const stretch = changed.subarray(lost.at, lost.at + lost.bytes)
  const damage = { at: lost.at, bytes: lost.bytes, sha256: hex(sha256(stretch)) }
  const segments = journal.segments.filter(({ i }) => i !== number)
  const damaged = [{ ...damage, fromMs: 0, toMs: 0 }]
  return { bytes: changed, journal: { ...journal, segments, damaged } }
}
