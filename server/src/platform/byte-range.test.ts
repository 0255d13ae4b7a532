import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteRange } from './byte-range.ts'

describe('byteRange (RFC 9110 §14)', () => {
  it.each([
    ['bytes=0-499', { kind: 'part', start: 0, end: 499 }],
    ['bytes=500-', { kind: 'part', start: 500, end: 999 }],
    ['bytes=900-5000', { kind: 'part', start: 900, end: 999 }],
    ['bytes=-1', { kind: 'part', start: 999, end: 999 }],
    ['bytes=-5000', { kind: 'part', start: 0, end: 999 }],
    ['bytes=1000-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-4', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=0-1,5-6', { kind: 'whole' }],
    ['lines=0-1', { kind: 'whole' }],
    [undefined, { kind: 'whole' }],
  ])('%s of a thousand', (header, expected) => {
    expect(byteRange({ range: header }, { bytes: 1000, tag: 'these' })).toEqual(expected)
  })

  it.each([
    ['"these"', 'part'],
    ['"others"', 'whole'],
    ['W/"these"', 'whole'],
    ['Sat, 21 Nov 2026 10:00:00 GMT', 'whole'],
  ])('goes on only in the same bytes: If-Range %s', (ifRange, kind) => {
    const found = byteRange({ range: 'bytes=5-', ifRange }, { bytes: 1000, tag: 'these' })
    expect(found.kind).toBe(kind)
  })

  it('never leaves the file', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(), fc.nat()).map(([from, to]) => `bytes=${from}-${to}`),
      fc.nat().map((from) => `bytes=${from}-`),
      fc.nat().map((length) => `bytes=-${length}`),
    )
    fc.assert(
      fc.property(header, fc.nat({ max: 5000 }), (text, size) => {
        const range = byteRange({ range: text }, { bytes: size, tag: 'these' })
        if (range.kind !== 'part') return
        expect(range.start).toBeGreaterThanOrEqual(0)
        expect(range.end).toBeGreaterThanOrEqual(range.start)
        expect(range.end).toBeLessThan(size)
      }),
    )
  })
})
