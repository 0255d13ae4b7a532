import { z } from 'zod'
import { defineEvent } from './command.ts'
import { VisitLevels } from './pictures-control.ts'

/** What a wall is told beside the media that it receives. */
export const wallPictureEvents = {
  /**
   * How loud it is in the visits that this wall watches, live or as stills; whoever is not named is silent.
   * At most twice a second, and none for visits that may only be seen (OV-2).
   */
  levelsMeasured: defineEvent('wall:levels', z.object({ visits: z.array(VisitLevels) })),
} as const
