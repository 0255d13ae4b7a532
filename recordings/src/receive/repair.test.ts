import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TapTrack } from '@visavis/contract/media-control'
import { genericNacks, pictureLoss } from '../rtp/rtcp-feedback.ts'
import { ASK_EVERY_MS, ASK_TIMES, LONGEST_HOLE, createLossTracker } from './loss-rules.ts'
import { createRepair } from './repair.ts'

/** The sequence numbers that a packet of RTCP asks for. */
function askedIn(packet: Buffer): number[] {
  const asked: number[] = []
  for (let at = 12; at < packet.length; at += 4) {
    const first = packet.readUInt16BE(at)
    const mask = packet.readUInt16BE(at + 2)
    asked.push(first)
    for (let bit = 0; bit < 16; bit += 1) {
      if ((mask & (1 << bit)) !== 0) asked.push((first + bit + 1) & 0xffff)
    }
  }
  return asked
}

describe('asking for packets again', () => {
  it('is written as RFC 4585 has it', () => {
    expect(genericNacks(0x01020304, [10, 11, 26, 27])[0]?.toString('hex')).toBe(
      '81cd0004000000000102030400' + '0a8001001b0000',
    )
    expect(pictureLoss(0x01020304).toString('hex')).toBe('81ce00020000000001020304')
  })

  it('names every packet once, in any number and across the end of the counter', () => {
    const sent = fc.record({
      first: fc.nat(0xffff),
      offsets: fc.uniqueArray(fc.nat(4_000), { minLength: 1, maxLength: 600 }),
    })
    fc.assert(
      fc.property(sent, ({ first, offsets }) => {
        const sequences = offsets
          .sort((one, other) => one - other)
          .map((offset) => (first + offset) & 0xffff)
        expect(genericNacks(7, sequences).flatMap(askedIn)).toEqual(sequences)
      }),
    )
  })
})

describe('[RC-2] what is missing', () => {
  it('is asked for every 40 ms, ten times, and then given up', () => {
    const losses = createLossTracker()
    for (const sequence of [65_534, 65_535, 2]) losses.arrived(sequence)
    const asked = Array.from({ length: ASK_TIMES }, (_, at) => losses.due(at * ASK_EVERY_MS))
    for (const due of asked) expect(due).toEqual({ ask: [0, 1], givenUp: 0 })
    expect(losses.due(ASK_TIMES * ASK_EVERY_MS - 1).ask).toEqual([])
    expect(losses.due(ASK_TIMES * ASK_EVERY_MS)).toEqual({ ask: [], givenUp: 2 })
    expect(losses.due(ASK_TIMES * ASK_EVERY_MS * 2)).toEqual({ ask: [], givenUp: 0 })
  })

  it('is exactly what has not come, in any order of arrival', () => {
    const arrivals = fc.uniqueArray(fc.nat(300), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(arrivals, fc.nat(0xffff), (offsets, first) => {
        const losses = createLossTracker()
        losses.arrived(first)
        for (const offset of offsets) losses.arrived((first + offset) & 0xffff)
        const last = Math.max(...offsets)
        const missing = Array.from({ length: last }, (_, at) => at)
          .filter((offset) => offset > 0 && !offsets.includes(offset))
          .map((offset) => (first + offset) & 0xffff)
        const { ask } = losses.due(0)
        expect(new Set(ask)).toEqual(new Set(missing))
        expect(ask).toHaveLength(missing.length)
      }),
    )
  })

  it('is not asked for after a hole that nobody can fill', () => {
    const losses = createLossTracker()
    losses.arrived(1)
    losses.arrived(LONGEST_HOLE + 3)
    expect(losses.due(0).ask).toEqual([])
  })
})

const picture = {
  ...{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96, ssrc: 11 },
  ...{ rtxSsrc: 12, rtxPayloadType: 97 },
} as TapTrack

function packetOf(sequence: number, { isKey = false, ssrc = 11, payloadType = 96 } = {}): Buffer {
  const packet = Buffer.alloc(16)
  packet.writeUInt8(0x80, 0)
  packet.writeUInt8(payloadType, 1)
  packet.writeUInt16BE(sequence, 2)
  packet.writeUInt32BE(ssrc, 8)
  packet.writeUInt8(0x10, 12)
  packet.writeUInt8(isKey ? 0x10 : 0x11, 13)
  return packet
}

function repetitionOf(sequence: number): Buffer {
  const packet = packetOf(900, { ssrc: 12, payloadType: 97 })
  packet.writeUInt16BE(sequence, 12)
  return packet
}

describe('[RC-2] a described track', () => {
  const asksOf = () => {
    const sent: Buffer[] = []
    const repair = createRepair((rtcp) => sent.push(rtcp))
    const at = (nowMs: number) => {
      repair.ask(nowMs)
      return sent.splice(0).map((rtcp) => (rtcp.readUInt8(1) === 206 ? 'picture' : askedIn(rtcp)))
    }
    return { repair, at }
  }

  it('is asked for what a repetition has not brought', () => {
    const { repair, at } = asksOf()
    repair.heard(packetOf(1))
    repair.heard(packetOf(3))
    expect(at(0)).toEqual([])
    repair.describe(picture)
    for (const sequence of [4, 7]) repair.heard(packetOf(sequence))
    expect(at(0)).toEqual([[5, 6]])
    repair.heard(repetitionOf(5))
    expect(at(ASK_EVERY_MS)).toEqual([[6]])
    repair.heard(repetitionOf(6))
    expect(at(2 * ASK_EVERY_MS)).toEqual([])
  })

  it('is asked for a whole picture each second while a hole stays, until there is one', () => {
    const { repair, at } = asksOf()
    repair.describe(picture)
    for (const sequence of [1, 3]) repair.heard(packetOf(sequence))
    const gone = ASK_TIMES * ASK_EVERY_MS
    for (let nowMs = 0; nowMs < gone; nowMs += ASK_EVERY_MS) expect(at(nowMs)).toEqual([[2]])
    expect(at(gone)).toEqual(['picture'])
    expect(at(gone + 999)).toEqual([])
    expect(at(gone + 1_000)).toEqual(['picture'])
    repair.heard(packetOf(4))
    expect(at(gone + 2_000)).toEqual(['picture'])
    repair.heard(packetOf(5, { isKey: true }))
    expect(at(gone + 4_000)).toEqual([])
  })
})
