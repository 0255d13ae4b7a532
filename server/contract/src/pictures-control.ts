import { z } from 'zod'
import { defineCommand, defineEvent } from './command.ts'
import { Instant, SeatId, VisitId } from './ids.ts'

/** How loud a seat was in the last half second; dBov, from -127 (silence) to 0 (as loud as can be). */
export const SeatLevel = z.object({ seatId: SeatId, level: z.int().min(-127).max(0) })
/** The seats of one visit that were heard; whoever is not named was silent. */
export const VisitLevels = z.object({ visitId: VisitId, seats: z.array(SeatLevel) })

/** What officers see and measure of a visit without receiving its media (OV-4). */
export const pictureCommands = {
  /** The latest still of a seat; NOT_FOUND while there is none, or none that may be seen any more. */
  getStill: defineCommand({
    name: 'still:get',
    payload: z.strictObject({
      visitId: VisitId,
      seatId: SeatId,
      /** Which still the caller has already. */
      known: z.uuid().optional(),
    }),
    reply: z.object({
      /** Another one for each still. */
      version: z.uuid(),
      takenAt: Instant,
      /** A WebP file; null: it is the one that the caller has. */
      picture: z.custom<Uint8Array>((value) => value instanceof Uint8Array).nullable(),
    }),
    refusals: ['NOT_FOUND'],
  }),
} as const

export const pictureEvents = {
  /**
   * Every half second for the visits of a router in which somebody is heard who may be heard by officers,
   * and once with no seats for a visit that fell silent.
   */
  roomLevels: defineEvent('room:levels', z.object({ visits: z.array(VisitLevels) })),
} as const

export type SeatLevel = z.output<typeof SeatLevel>
export type VisitLevels = z.output<typeof VisitLevels>
