import { HelpFigures } from '@visavis/contract/help'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createHelpFigureBook, figuresBetween } from './help-figures.ts'
import type { StatsSample } from './stats-sampler.ts'

const TRANSPORT = {
  bytesSent: 0,
  bytesReceived: 0,
  roundTripMs: 81.4,
  protocol: 'tcp',
  isRelayed: true,
} as NonNullable<StatsSample['receive']['transport']>
const VIDEO = {
  kind: 'video',
  trackId: 't',
  packets: 0,
  packetsLost: 0,
  framesPerSecond: 24.4,
} as StatsSample['receive']['tracks'][number]

function aSample(atMs: number, over: { packets?: number; packetsLost?: number; bytes?: number }) {
  const { packets = 0, packetsLost = 0, bytes = 0 } = over
  const sample: StatsSample = {
    atMs,
    generation: 1,
    send: { transport: { ...TRANSPORT, bytesSent: bytes }, tracks: [] },
    receive: {
      transport: { ...TRANSPORT, bytesReceived: 2 * bytes },
      tracks: [{ ...VIDEO, packets, packetsLost }],
    },
  }
  return sample
}

it('[OV-9] tells rates and losses of the last seconds', () => {
  const later = aSample(2_000, { packets: 90, packetsLost: 10, bytes: 25_000 })
  expect(figuresBetween(aSample(0, {}), later)).toEqual({
    roundTripMs: 81,
    lossInPercent: 10,
    lossOutPercent: null,
    kbitIn: 200,
    kbitOut: 100,
    framesPerSecond: 24,
    protocol: 'tcp',
    isRelayed: true,
  })
})

it('knows nothing before the first sample, and never mixes two pairs of transports', () => {
  const book = createHelpFigureBook()
  expect(book.figures()).toBeNull()
  book.hear(aSample(0, { bytes: 1_000_000 }))
  book.hear({ ...aSample(1_000, { bytes: 10 }), generation: 2 })
  expect(book.figures()).toMatchObject({ kbitIn: null })
})

it('is always what the contract takes', () => {
  const figure = fc.nat({ max: 1_000_000 })
  const samples = fc.record({ packets: figure, packetsLost: figure, bytes: figure })
  fc.assert(
    fc.property(samples, samples, fc.integer({ min: 1, max: 5 }), (first, last, seconds) => {
      const figures = figuresBetween(aSample(0, first), aSample(seconds * 1_000, last))
      // A browser's rates stay below a gigabit; what is beyond it is no figure of a call.
      expect(HelpFigures.safeParse(figures).success).toBe(true)
    }),
  )
})
