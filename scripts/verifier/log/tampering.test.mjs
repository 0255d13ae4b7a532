import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handOver } from '../../../server/src/modules/audit-log/audit-key.ts'
import { BUILT } from '../build.mjs'
import { aSigner, chained, checkpointsOf, draft, headOfLines, writeLog } from './log-fixture.mjs'
import { verifyLog } from './log.mjs'
import { readVerifierKey } from './notes.mjs'

/** The long form is TAMPERINGS=1000. */
const TAMPERINGS = Number(process.env.TAMPERINGS ?? 100)
const ENTRIES = 120

/** A small generator of its own (mulberry32), so that a seed tells all. @param {number} seed */
const random = (seed) => {
  let state = seed
  return (/** @type {number} */ below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const signer = aSigner()
const thief = aSigner()
const honest = chained(Array.from({ length: ENTRIES }, (_, n) => draft(n)))
const keys = [{ verifierKey: signer.verifier, handOver: null }]
const trusted = [readVerifierKey(signer.verifier)]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visavis-tampering-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** @param {any} what @param {string[]} [kept] @param {any[]} [given] */
const verdictOf = (what, kept = [], given = trusted) => {
  writeLog(folder, { keys, ...what })
  return verifyLog(folder, { keys: given, kept })
}

/** Lines up to before `at`, and then others that are chained to them. @param {number} at @param {number} length */
const rewritten = (at, length) => {
  const before = honest.slice(0, at)
  const drafts = Array.from({ length: length - at }, (_, n) => draft(at + n, ' forged'))
  return [...before, ...chained(drafts, headOfLines(before))]
}

/**
 * What somebody could do: the changed log, where its first bad entry is (from 1), and what the checker has kept.
 * @type {Record<string, (at: number, pick: (below: number) => number, kept: {notes: string[], sizes: number[]}) => any>}
 */
const TAMPERINGS_BY_KIND = {
  'edit a byte': (at, pick, { notes }) => {
    const bytes = Buffer.from(honest[at])
    const byte = pick(bytes.length)
    // Nothing that would make two lines of one.
    bytes[byte] = bytes[byte] === 0x41 ? 0x42 : 0x41
    return { lines: honest.with(at, bytes.toString()), notes, bad: at + 1 }
  },
  'edit what was done': (at, _pick, { notes }) => {
    const lines = honest.with(at, honest[at].replace('"allow"', '"deny"'))
    return { lines, notes, bad: at + 1 }
  },
  'point an entry elsewhere': (at, _pick, { notes }) => {
    const lines = honest.with(at, honest[at].replace(/"prev":"./, '"prev":"x'))
    return { lines, notes, bad: at + 1 }
  },
  delete: (at, _pick, { notes }) => ({ lines: honest.toSpliced(at, 1), notes, bad: at + 1 }),
  'delete some': (at, pick, { notes }) => ({
    lines: honest.toSpliced(at, 1 + pick(9)),
    notes,
    bad: at + 1,
  }),
  'insert a copy': (at, pick, { notes }) => ({
    lines: honest.toSpliced(at, 0, honest[pick(ENTRIES)]),
    notes,
    bad: at + 1,
  }),
  'insert a forgery that fits': (at, _pick, { notes }) => {
    const [forged] = chained([draft(at, ' forged')], headOfLines(honest.slice(0, at)))
    return { lines: honest.toSpliced(at, 0, forged), notes, bad: at + 1 }
  },
  reorder: (at, pick, { notes }) => {
    const other = (at + 1 + pick(ENTRIES - 1)) % ENTRIES
    const lines = honest.with(at, honest[other]).with(other, honest[at])
    return { lines, notes, bad: Math.min(at, other) + 1 }
  },
  'rewrite the rest without the key': (at, _pick, { notes }) => ({
    lines: rewritten(at, ENTRIES),
    notes,
    bad: at + 1,
  }),
  'rewrite the rest and leave the checkpoints out': (at, _pick, { notes, sizes }) => ({
    lines: rewritten(at, ENTRIES),
    notes: notes.filter((_, index) => sizes[index] <= at),
    bad: at + 1,
  }),
  'cut the tail': (at, pick, { notes, sizes }) => {
    // At a checkpoint, with everything that tells of more: only what somebody kept can show it.
    const size = sizes[pick(sizes.length - 1)]
    const lines = honest.slice(0, size)
    return {
      lines,
      notes: notes.slice(0, sizes.indexOf(size) + 1),
      bad: size + 1,
      kept: notes.slice(-1),
    }
  },
  'swap keys': (at, _pick, { notes, sizes }) => ({
    lines: rewritten(at, ENTRIES),
    notes: checkpointsOf(rewritten(at, ENTRIES), sizes, thief),
    keys: [{ verifierKey: thief.verifier, handOver: null }],
    bad: null,
    kept: notes.slice(-1),
  }),
  'bring in a key without its word': (at, _pick, { sizes }) => ({
    lines: rewritten(at, ENTRIES),
    notes: checkpointsOf(rewritten(at, ENTRIES), sizes, thief),
    keys: [...keys, { verifierKey: thief.verifier, handOver: handOver(thief, thief) }],
    bad: null,
  }),
  'restore an old database': (at, pick, { notes, sizes }) => {
    // The real key signs, and the log has grown beyond what it was.
    const lines = rewritten(at, ENTRIES + pick(20))
    const kept = notes
    return {
      lines,
      notes: checkpointsOf(lines, [...sizes, lines.length], signer),
      bad: at + 1,
      kept,
    }
  },
  'restore an old database, and stop': (at, _pick, { notes }) => {
    const lines = honest.slice(0, Math.max(1, at))
    const own = checkpointsOf(lines, [lines.length], signer)
    return { lines, notes: own, bad: lines.length + 1, kept: notes.slice(-1) }
  },
  fork: (at, _pick, { notes, sizes }) => {
    const lines = rewritten(at, ENTRIES)
    return { lines, notes: checkpointsOf(lines, sizes, signer), bad: at + 1, kept: notes }
  },
}
const KINDS = Object.keys(TAMPERINGS_BY_KIND)

describe('[TR-2] an audit log that somebody tampered with', () => {
  it('is good before', () => {
    const sizes = [7, 40, ENTRIES]
    const notes = checkpointsOf(honest, sizes, signer)
    const verdict = verdictOf({ lines: honest, notes }, notes)
    expect(verdict).toMatchObject({
      isGood: true,
      faults: [],
      size: ENTRIES,
      checkpoints: 3,
      kept: 3,
    })
    expect(verdictOf({ lines: honest, notes }, [], []).isKeyCompared).toBe(false)
  })

  it(`is found, and the first bad entry named: ${TAMPERINGS} times`, () => {
    for (let seed = 1; seed <= TAMPERINGS; seed += 1) {
      const pick = random(seed)
      const kind = KINDS[seed % KINDS.length]
      const inner = Array.from({ length: 1 + pick(12) }, () => 1 + pick(ENTRIES - 1))
      const sizes = [...new Set([...inner, ENTRIES])].sort((a, b) => a - b)
      const notes = checkpointsOf(honest, sizes, signer)
      const {
        bad,
        kept = [],
        ...what
      } = TAMPERINGS_BY_KIND[kind](pick(ENTRIES), pick, { notes, sizes })
      const { isGood, faults } = verdictOf(what, kept)
      const told = `${kind}, seed ${seed}: ${JSON.stringify(faults)}, bad is ${bad}`
      expect(isGood, told).toBe(false)
      if (bad === null) {
        expect(
          ['OTHER_KEY', 'KEY_UNVOUCHED'].some((code) => faults.some((one) => one.code === code)),
          told,
        ).toBe(true)
        continue
      }
      const [first] = faults
      expect(first?.seq, told).toBeLessThanOrEqual(bad)
      expect(first?.toSeq ?? first?.seq, told).toBeGreaterThanOrEqual(bad)
      // Within what no checkpoint parts.
      const before = sizes.filter((size) => size < bad).at(-1) ?? 0
      expect(first?.seq, told).toBeGreaterThan(before)
    }
  }, 600_000)

  it('says so in words and by its exit code, from one file', () => {
    const notes = checkpointsOf(honest, [40, ENTRIES], signer)
    writeLog(folder, { lines: honest, notes, keys })
    const said = (...more) =>
      spawnSync(process.execPath, [BUILT.recording, 'log', folder, ...more], { encoding: 'utf8' })
    expect(said(signer.verifier)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('OK: whole and unchanged'),
    })
    expect(said()).toMatchObject({ status: 0, stdout: expect.stringContaining('compare the key') })
    expect(said('nothing')).toMatchObject({ status: 2 })
    writeLog(folder, { lines: honest.toSpliced(4, 1), notes, keys })
    expect(said(signer.verifier)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Entry 5: is not here'),
    })
    expect(said('--ru').stdout).toContain('Запись 5')
  })

  it('follows a change of keys that the old one gave its word for, from either of the two', () => {
    const next = aSigner()
    const word = handOver(signer, next)
    const notes = [
      ...checkpointsOf(honest, [50], signer),
      ...checkpointsOf(honest, [ENTRIES], next),
    ]
    const both = [...keys, { verifierKey: next.verifier, handOver: word }]
    for (const { verifier } of [signer, next]) {
      const given = [readVerifierKey(verifier)]
      expect(verdictOf({ lines: honest, notes, keys: both }, [], given)).toMatchObject({
        ...{ isGood: true, isKeyCompared: true, faults: [] },
      })
    }
    const forged = [...keys, { verifierKey: next.verifier, handOver: handOver(next, next) }]
    expect(verdictOf({ lines: honest, notes, keys: forged }).isGood).toBe(false)
  })
})
