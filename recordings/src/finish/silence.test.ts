import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OPUS_CLOCK_RATE } from '../rtp/opus.ts'
import type { Frame } from './frames.ts'
import { fillWithSilence } from './silence.ts'

const TICKS = (20 * OPUS_CLOCK_RATE) / 1000

function soundAt(packet: number): Frame {
  const bytes = Uint8Array.of(0x08)
  return { timestamp: packet * TICKS, isKey: true, bytes, durationMs: 20, size: null }
}

describe('sound with holes', () => {
  it('[RC-3] becomes unbroken, keeps every packet at its place, and says how much is silence', () => {
    const packets = fc.uniqueArray(fc.nat(400), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(packets, (unsorted) => {
        const sent = unsorted.sort((one, other) => one - other)
        const filled = fillWithSilence(sent.map(soundAt))
        const frames = [...filled.frames]
        const first = sent[0] ?? 0
        expect(frames.map(({ timestamp }) => timestamp / TICKS)).toEqual(
          Array.from({ length: (sent.at(-1) ?? 0) - first + 1 }, (_, at) => first + at),
        )
        const own = frames.filter(({ isFiller }) => !isFiller)
        expect(own).toEqual(sent.map(soundAt))
        expect(filled.filledMs()).toBe((frames.length - own.length) * 20)
      }),
    )
  })

  it('is not filled for a clock that a sender lets jump for days', () => {
    const filled = fillWithSilence([soundAt(0), soundAt(10_000_000)])
    let frames = 0
    for (const { durationMs } of filled.frames) frames += (durationMs ?? 0) / 20
    expect(frames).toBe(2 + 24 * 60 * 60 * 50)
  })
})
