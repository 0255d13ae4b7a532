import { z } from 'zod'
import { AdviceKindShape } from '../advice.ts'
import { LocalDate, SIGNED_IN, route } from './route.ts'

const Count = z.number().int().min(0)

/** How often detectors advised at a facility on one of its days, and what officers said of it. */
export const AdviceFigures = z.object({
  day: LocalDate,
  kind: AdviceKindShape,
  /** Pieces of advice that began on that day, judged or not. */
  told: Count,
  right: Count,
  /** False alarms. */
  false: Count,
})
export type AdviceFigures = z.output<typeof AdviceFigures>

/** What became of the advice of detectors (LV-11). */
export const adviceRoutes = {
  adviceFigures: route({
    method: 'GET',
    path: '/api/advice/figures',
    summary:
      "Advice and false alarms at the caller's facility by day and kind, from one of its days to another, both included; days without any are left out.",
    access: { kind: 'account', roles: ['officer', 'facilityAdmin'] },
    query: z.object({ from: LocalDate, to: LocalDate }),
    reply: z.object({ figures: z.array(AdviceFigures) }),
    refusals: SIGNED_IN,
  }),
} as const
