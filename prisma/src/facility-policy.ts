import type { FacilityMediaPolicy } from '@visavis/contract/media-policy'
import { z } from 'zod'

const MediaPolicy = z.strictObject({
  monitor: z.enum(['AV', 'SIGHT_ONLY', 'NONE']),
  isRecorded: z.boolean(),
})

/** What a facility decides for itself: the `policy` column. What a visit gets is `mediaPolicyOf`'s answer. */
export const FacilityPolicy = z.strictObject({
  media: z.strictObject({ social: MediaPolicy, official: MediaPolicy, privileged: MediaPolicy }),
  /** How long a terminal stays taken after a visit (BK-1). */
  terminalTurnaroundMs: z.number().int().min(0),
})

/** A facility's own rules, as parsed from its `policy` column. */
export type FacilityPolicy = {
  readonly media: FacilityMediaPolicy
  readonly terminalTurnaroundMs: number
}

/** The rules a new facility starts with: social visits watched and recorded, lawyers' visits neither. */
export const DEFAULT_FACILITY_POLICY = {
  media: {
    social: { monitor: 'AV', isRecorded: true },
    official: { monitor: 'SIGHT_ONLY', isRecorded: false },
    privileged: { monitor: 'NONE', isRecorded: false },
  },
  terminalTurnaroundMs: 300_000,
} as const satisfies FacilityPolicy
