import { z } from 'zod'
import { defineCommand, defineEvent } from './command.ts'
import { VisitId } from './ids.ts'

const Epoch = z.number().int().min(1)

/** A line as it was hashed, and its hash. */
export const CensusText = z.object({
  seq: z.number().int().min(1),
  text: z.string(),
  hash: z.string(),
})

/** One thing that a canary tried, and whether it ended as it must. */
export const CanaryCheck = z.object({
  name: z.enum([
    'PARTIES_MEET',
    'CENSUS_COUNTS',
    'OBSERVER_IN_FACTS',
    'TAP_WITH_GRANT',
    'CONSUMER_BEHIND',
    'TRANSPORT_BEHIND',
  ]),
  isOk: z.boolean(),
  ms: z.number().int().min(0),
})

/** How a server takes over the census of privileged rooms and lets a node prove its watch (OV-8). */
export const censusCommands = {
  /** Everything up to that line is stored: the node may forget it. */
  censusStored: defineCommand({
    name: 'census:stored',
    payload: z.strictObject({ visitId: VisitId, epoch: Epoch, seq: z.number().int().min(0) }),
    reply: z.object({}),
  }),
  /** Opens a privileged room of nobody, attacks it, and says what became of each attack. */
  runCanary: defineCommand({
    name: 'canary:run',
    payload: z.strictObject({}),
    reply: z.object({ checks: z.array(CanaryCheck) }),
    refusals: ['MEDIA_UNAVAILABLE'],
  }),
} as const

export const censusEvents = {
  /** Lines that nobody has taken yet, oldest first and some at a time; told again until they are stored. */
  roomCounted: defineEvent(
    'room:counted',
    z.object({ visitId: VisitId, epoch: Epoch, lines: z.array(CensusText) }),
  ),
} as const

export type CensusText = z.output<typeof CensusText>
export type CanaryCheck = z.output<typeof CanaryCheck>
