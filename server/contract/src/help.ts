import { z } from 'zod'
import { HELP_ANSWERS, HELP_NEEDS } from './help-kinds.ts'
import { Instant } from './ids.ts'

export const HelpNeedShape = z.enum(HELP_NEEDS)
export const HelpAnswerShape = z.enum(HELP_ANSWERS)

const Milliseconds = z.number().int().min(0).max(600_000).nullable()
const Percent = z.number().int().min(0).max(100).nullable()
const KbitPerSecond = z.number().int().min(0).max(1_000_000).nullable()

/** How the caller's line fares when they call: figures only, nothing of what is said or shown. Null: not known. */
export const HelpFigures = z.strictObject({
  roundTripMs: Milliseconds,
  /** Lost on the way to the caller and on the way from them, in whole percent. */
  lossInPercent: Percent,
  lossOutPercent: Percent,
  kbitIn: KbitPerSecond,
  kbitOut: KbitPerSecond,
  /** Of the picture that the caller gets. */
  framesPerSecond: z.number().int().min(0).max(240).nullable(),
  protocol: z.enum(['udp', 'tcp']).nullable(),
  isRelayed: z.boolean(),
})
export type HelpFigures = z.output<typeof HelpFigures>

/** A call for help as its caller sees it; one a seat, the newest. */
export const HelpCallView = z.object({
  need: HelpNeedShape,
  calledAt: Instant,
  /** Null: nobody has answered yet. */
  answer: HelpAnswerShape.nullable(),
  answeredAt: Instant.nullable(),
})
export type HelpCallView = z.output<typeof HelpCallView>
