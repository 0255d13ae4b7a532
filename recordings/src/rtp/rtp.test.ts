import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opusDurationMs, opusHead } from './opus.ts'
import { senderReports } from './rtcp.ts'
import { createUnwrapper } from './unwrap.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('sender reports', () => {
  it('are read from whatever bytes come without a fall', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const reports = senderReports(Buffer.from(bytes))
        expect(reports.length).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('are found in a compound packet', () => {
    const report = '80c80006 0000002a 00000002 80000000 00000bb8 00000001 00000002'
    const description = '81ca0002 0000002a 01000000'
    expect(senderReports(hex(`${report} ${description} ${report}`))).toEqual([
      { ssrc: 42, ntpMs: 2500, rtpTimestamp: 3000 },
      { ssrc: 42, ntpMs: 2500, rtpTimestamp: 3000 },
    ])
  })
})

describe('unwrapping', () => {
  it('gives the same numbers in any order of arrival, with repetitions, across a wrap', () => {
    const arrivals = fc.record({
      first: fc.nat(0xffff),
      shifts: fc.array(fc.nat(1_000), { minLength: 2, maxLength: 400 }),
      steps: fc.constantFrom(1, 7, 97, 300),
    })
    fc.assert(
      fc.property(arrivals, ({ first, shifts, steps }) => {
        const sent = shifts.map((_, at) => first + at * steps)
        const arrived = shifts
          .flatMap((shift, at) => [
            { value: sent[at] ?? 0, when: at * steps + shift },
            { value: sent[at] ?? 0, when: at * steps + (shift >> 1) },
          ])
          .sort((one, other) => one.when - other.when)
        const unwrap = createUnwrapper(16)
        const seen = arrived.map(({ value }) => unwrap(value % 2 ** 16))
        const lowest = Math.min(...seen)
        const distinct = [...new Set(seen)].sort((one, other) => one - other)
        expect(distinct.map((value) => value - lowest)).toEqual(sent.map((value) => value - first))
        expect(lowest).toBeGreaterThan(0)
      }),
    )
  })
})

describe('Opus', () => {
  it('says in its first bytes how long it plays', () => {
    // RFC 6716 table 2: configuration << 3 | stereo << 2 | frame count code.
    expect(opusDurationMs(Uint8Array.of(1 << 3))).toBe(20)
    expect(opusDurationMs(Uint8Array.of((13 << 3) | 1))).toBe(40)
    expect(opusDurationMs(Uint8Array.of((31 << 3) | 4))).toBe(20)
    expect(opusDurationMs(Uint8Array.of((16 << 3) | 3, 3))).toBe(7.5)
    expect(opusDurationMs(Uint8Array.of())).toBe(0)
  })

  it('has a head of nineteen bytes', () => {
    const head = Buffer.from(opusHead(2))
    expect(head.subarray(0, 10).toString('latin1')).toBe('OpusHead\u0001\u0002')
    expect(head).toHaveLength(19)
    expect(head.readUInt32LE(12)).toBe(48_000)
  })
})
