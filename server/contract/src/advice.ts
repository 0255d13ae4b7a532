import { z } from 'zod'
import { defineCommand } from './command.ts'
import { Instant, SeatId, VisitId } from './ids.ts'

/** What a detector may tell an officer of a seat (LV-11): advice, and never more. */
export const ADVICE_KINDS = ['NO_FACE', 'MORE_FACES', 'FACE_AT_EDGE', 'DARK', 'SILENT'] as const
export const AdviceKindShape = z.enum(ADVICE_KINDS)
export type AdviceKind = (typeof ADVICE_KINDS)[number]

/** What a device may find in its own camera's picture; nothing else of the picture leaves the device. */
export const FACE_FINDINGS = ['NONE', 'MORE', 'EDGE'] as const

/** How sure a detector is, 0 to 1. */
const Confidence = z.number().min(0).max(1)

export const FaceReport = z.strictObject({
  /** Nobody, more people than were let in, or a face that is cut off or far away. */
  finding: z.enum(FACE_FINDINGS),
  confidence: Confidence,
})
export type FaceReport = z.output<typeof FaceReport>

/** Which detectors a facility uses; `face` has the devices look for faces at all. */
export const Detectors = z.strictObject({
  face: z.boolean(),
  dark: z.boolean(),
  silent: z.boolean(),
})
export type Detectors = z.output<typeof Detectors>

/** An officer's word on a piece of advice. */
export const ADVICE_JUDGEMENTS = ['RIGHT', 'FALSE'] as const
export const AdviceJudgementShape = z.enum(ADVICE_JUDGEMENTS)
export type AdviceJudgement = (typeof ADVICE_JUDGEMENTS)[number]

/** Advice that stands, as a wall shows it. */
export const AdviceView = z.object({
  adviceId: z.uuid(),
  /** At whose device it was found. */
  seatId: SeatId,
  kind: AdviceKindShape,
  confidence: Confidence,
  since: Instant,
  judgement: AdviceJudgementShape.nullable(),
})
export type AdviceView = z.output<typeof AdviceView>

/** What an officer does about advice. */
export const adviceCommands = {
  /** Says whether it was right; the last word counts. Advice that is over may be judged still. */
  judgeAdvice: defineCommand({
    name: 'advice:judge',
    payload: z.strictObject({
      visitId: VisitId,
      adviceId: z.uuid(),
      judgement: AdviceJudgementShape,
    }),
    reply: z.object({}),
    refusals: ['VISIT_NOT_FOUND', 'NOT_FOUND'],
  }),
} as const
