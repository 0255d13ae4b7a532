/* global TextDecoder, TextEncoder */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aChain, TWO_PEOPLE } from '../../server/src/modules/certificates/census-fixture.ts'
import {
  someFacts,
  someFile,
  someKey,
} from '../../server/src/modules/certificates/certificate-fixture.ts'
import { BUILT, buildVerifier } from './build.mjs'
import { canonical, verify } from './core.mjs'

const key = someKey()
const text = someFile(key).toString()
const { fingerprint } = key
const codesOf = async (file, given = fingerprint) =>
  (await verify(file, given)).faults.map(({ code, line }) =>
    line === undefined ? code : `${code} ${line}`,
  )

/** The file with its census changed, and nothing else made to fit. */
const withCensus = (change) => {
  const file = JSON.parse(text)
  file.certificate.census = change(file.certificate.census)
  return canonical(file)
}

describe('[OV-8] the offline verifier', () => {
  it('finds a genuine certificate good, and says whether its key was compared', async () => {
    const verdict = await verify(text, fingerprint)
    expect(verdict).toMatchObject({ isGood: true, faults: [], isKeyCompared: true, fingerprint })
    expect(await verify(text)).toMatchObject({ isGood: true, isKeyCompared: false })
    expect(await verify(text, key.publicKey)).toMatchObject({ isGood: true, isKeyCompared: true })
    const spaced = fingerprint.toUpperCase().match(/.{4}/g)?.join(' ') ?? ''
    expect(await verify(text, spaced)).toMatchObject({ isGood: true, isKeyCompared: true })
  })

  it('tells a forgery that is signed with another key, once the published one is given', async () => {
    const forger = someKey()
    const forged = someFile(forger).toString()
    expect(await codesOf(forged)).toEqual(['OTHER_KEY'])
    expect(await codesOf(forged, 'nonsense')).toEqual(['KEY_UNREADABLE'])
    // The real key's name on a forger's signature.
    const file = JSON.parse(forged)
    file.certificate.key = JSON.parse(text).certificate.key
    expect(await codesOf(canonical(file))).toEqual(['SIGNATURE_WRONG'])
  })

  it('never passes a file in which any one byte was changed', async () => {
    const bytes = new TextEncoder().encode(text)
    const place = fc.nat({ max: bytes.length - 1 })
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = bytes.slice()
        changed[at] = (changed[at] ?? 0) ^ flip
        const verdict = await verify(new TextDecoder().decode(changed), fingerprint)
        expect(verdict.isGood).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('takes one text for one signature: no bit is without meaning', async () => {
    const file = JSON.parse(text)
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const last = file.signature.at(-3)
    const other = digits[digits.indexOf(last) ^ 1]
    file.signature = `${file.signature.slice(0, -3)}${other}==`
    expect(await codesOf(canonical(file))).toEqual(['SIGNATURE_WRONG'])
  })

  const index = fc.integer({ min: 0, max: 59 })

  it('names a line that was edited', async () => {
    const counts = fc.constantFrom('observerConsumers', 'seats', 'tapConsumers')
    await fc.assert(
      fc.asyncProperty(index, counts, async (at, name) => {
        const edited = withCensus((census) => {
          const line = JSON.parse(census[at].text)
          line.counts[name] += 7
          return census.with(at, { ...census[at], text: canonical(line) })
        })
        expect(await codesOf(edited)).toContain(`LINE_EDITED ${at + 1}`)
      }),
      { numRuns: 20 },
    )
  })

  it('names the place where a line was left out, also the last', async () => {
    await fc.assert(
      fc.asyncProperty(index, async (at) => {
        const codes = await codesOf(withCensus((census) => census.toSpliced(at, 1)))
        expect(codes).toContain(at === 59 ? 'LINES_CUT 60' : `LINES_MISSING ${at + 1}`)
        expect(codes).toContain('SIGNATURE_WRONG')
      }),
      { numRuns: 20 },
    )
  })

  it('names the first of two lines that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(index, index, async (a, b) => {
        fc.pre(a < b)
        const swapped = withCensus((census) => census.with(a, census[b]).with(b, census[a]))
        const named = await codesOf(swapped)
        expect(named.find((code) => code.startsWith('LINE'))).toBe(`LINES_MISSING ${a + 1}`)
      }),
      { numRuns: 20 },
    )
  })

  it('names a line that was put in, wherever, and a chain that somebody made to fit', async () => {
    await fc.assert(
      fc.asyncProperty(index, index, async (from, to) => {
        const codes = await codesOf(withCensus((census) => census.toSpliced(to, 0, census[from])))
        expect(codes).toContain('LINE_ADDED 61')
        expect(
          codes.some(
            (code) =>
              code === `LINE_OUT_OF_ORDER ${to + 2}` ||
              code === `LINE_OUT_OF_ORDER ${to + 1}` ||
              code === `LINES_MISSING ${to + 1}`,
          ),
        ).toBe(true)
      }),
      { numRuns: 20 },
    )
    const { visitId, bookedFrom } = someFacts()
    const other = aChain({ visitId, beganAt: bookedFrom }, [
      { atMs: 0, kind: 'BEGIN', counts: TWO_PEOPLE },
    ])
    const rewritten = withCensus(() => other.map(({ text: line, hash }) => ({ hash, text: line })))
    expect(await codesOf(rewritten)).toEqual(
      expect.arrayContaining(['SIGNATURE_WRONG', 'LINES_CUT 2', 'TOTALS_WRONG']),
    )
  })
})

describe('[OV-8] what the offline verifier works out anew', () => {
  it('tells totals, gaps and findings that do not follow from the lines, even well signed', async () => {
    const { visitId, bookedFrom } = someFacts()
    const at = (atMs, more = {}) => ({ atMs, ...more })
    const lines = aChain({ visitId, beganAt: bookedFrom }, [at(0, { kind: 'BEGIN' }), at(60_000)])
    const honest = someFile(key, someFacts({ lines })).toString()
    const { certificate, isGood } = await verify(honest, fingerprint)
    expect(isGood).toBe(true)
    expect(certificate.finding).toBe('GAPS')
    expect(certificate.gaps.map(({ reason }) => reason)).toEqual(['UNKNOWN', 'CUT_OFF'])
    const file = JSON.parse(honest)
    file.certificate.finding = 'CLEAN'
    file.certificate.gaps = []
    expect(await codesOf(canonical(file))).toEqual([
      'SIGNATURE_WRONG',
      'GAPS_WRONG',
      'FINDING_WRONG',
    ])
  })

  it('takes nothing else for a certificate', async () => {
    expect(await codesOf('no')).toEqual(['NOT_JSON'])
    expect(await codesOf('{"a":1}')).toEqual(['NOT_A_CERTIFICATE'])
    expect(await codesOf('null')).toEqual(['NOT_JSON'])
    expect(await codesOf(JSON.stringify(JSON.parse(text), null, 2))).toEqual(['REFORMATTED'])
  })
})

describe('the built verifier', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'visavis-verifier-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is what its sources say (else: node scripts/verifier/build.mjs)', () => {
    const built = buildVerifier()
    expect(readFileSync(BUILT.mjs, 'utf8')).toBe(built.mjs)
    expect(readFileSync(BUILT.html, 'utf8')).toBe(built.html)
  })

  it('imports nothing but the file system, and loads nothing', () => {
    const { mjs, html } = buildVerifier()
    expect(mjs.match(/^import .*/gm)).toEqual(["import { readFileSync } from 'node:fs'"])
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/https?:|fetch\(|XMLHttpRequest|\bimport /)
  })

  it('says by its exit code and in both languages what it found', () => {
    const file = path.join(folder, 'certificate.json')
    writeFileSync(file, text)
    const said = execFileSync(process.execPath, [BUILT.mjs, file, fingerprint], {
      encoding: 'utf8',
    })
    expect(said).toContain('Genuine and unchanged')
    writeFileSync(
      file,
      withCensus((census) => census.toSpliced(3, 1)),
    )
    const bad = spawnSync(process.execPath, [BUILT.mjs, file, '--ru'], { encoding: 'utf8' })
    expect(bad.status).toBe(1)
    expect(bad.stdout).toContain('Строка 4 учёта не следует за предыдущей')
  })
})
