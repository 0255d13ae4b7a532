import { z } from 'zod'
import { VisitId } from './ids.ts'

/**
 * OV-8. What stands on a privileged visit's router, counted from the media library's own events. Each
 * figure is the most that there was at once since the line before: what came and went between two lines
 * is counted, too.
 */
export const CENSUS_COUNTS = [
  /** Different participants that have transports. */
  'seats',
  'seatTransports',
  'otherTransports',
  'plainTransports',
  'pipeTransports',
  'directTransports',
  'seatProducers',
  'otherProducers',
  'seatConsumers',
  'observerConsumers',
  'tapConsumers',
  'stillsConsumers',
  'otherConsumers',
  'dataChannels',
  'rtpObservers',
] as const
export type CensusCount = (typeof CENSUS_COUNTS)[number]

/** What a privileged visit consists of; every other count is zero, or the visit was violated. */
export const EXPECTED_COUNTS: readonly CensusCount[] = [
  'seats',
  'seatTransports',
  'seatProducers',
  'seatConsumers',
]

/** Why a line was written: the room began, something changed, five seconds are over, the room ended. */
export const CENSUS_KINDS = ['BEGIN', 'CHANGE', 'EVERY', 'END'] as const
/** How a room ended: closed for the server, closed for what was found in it, or lost with its worker. */
export const CENSUS_ENDS = ['CLOSED', 'VIOLATED', 'LOST'] as const

/** What the first line of an epoch follows. */
export const CENSUS_START = '0'.repeat(64)
/** A line at least so often while the room stands. */
export const CENSUS_EVERY_MS = 5_000
/** Two lines further apart leave a hole in what can be certified. */
export const CENSUS_GAP_MS = 10_000

const Count = z.number().int().min(0)
const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/** One line of a census; its hash is SHA-256 over its canonical JSON, and the next line's `prevHash`. */
export const CensusLine = z.strictObject({
  v: z.literal(1),
  visitId: VisitId,
  epoch: z.number().int().min(1),
  /** Which start of the media node counted. */
  bootId: z.uuid(),
  /** From 1, without holes, for each visit and epoch. */
  seq: z.number().int().min(1),
  at: z.iso.datetime(),
  kind: z.enum(CENSUS_KINDS),
  counts: z.strictObject(
    Object.fromEntries(CENSUS_COUNTS.map((name) => [name, Count])) as Record<
      CensusCount,
      typeof Count
    >,
  ),
  /** Lines that were due and not written, since nobody had taken the older ones. */
  unwritten: Count.optional(),
  /** With the first line: what counted, and in what it ran. */
  software: z.strictObject({ mediasoup: z.string(), node: z.string() }).optional(),
  end: z.enum(CENSUS_ENDS).optional(),
  /** What the room was closed for. */
  violation: z.string().max(200).optional(),
  prevHash: Hash,
})
export type CensusLine = z.output<typeof CensusLine>
export type CensusCounts = CensusLine['counts']
