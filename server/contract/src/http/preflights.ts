import { z } from 'zod'
import { Instant, VisitId } from '../ids.ts'
import { PREFLIGHT_CAUSES, PREFLIGHT_DEVICES } from '../preflight-rules.ts'
import { LightShape, PreflightFindingsShape, PreflightProblemShape } from '../preflight-socket.ts'
import { PartyShape } from '../visit.ts'
import { DESK, SIGNED_IN, route } from './route.ts'

/** The newest test of one side of a visit. */
export const PreflightView = z.object({
  visitId: VisitId,
  party: PartyShape,
  device: z.enum(PREFLIGHT_DEVICES),
  cause: z.enum(PREFLIGHT_CAUSES),
  light: LightShape,
  problems: z.array(PreflightProblemShape),
  findings: PreflightFindingsShape,
  madeAt: Instant,
})
export type PreflightView = z.output<typeof PreflightView>

/** A day of visits, or a day and the hour that a clock may be put back by. */
const LONGEST_MS = 26 * 3_600_000

/** Everybody at a facility who looks after its visits. */
const AT_A_FACILITY = ['officer', ...DESK] as const

/** What tests of devices and network came to (LV-10), and when a terminal owes one. */
export const preflightRoutes = {
  preflights: route({
    method: 'GET',
    path: '/api/preflights',
    summary: 'The newest test of each side, for the facility’s visits that start in that stretch.',
    access: { kind: 'account', roles: AT_A_FACILITY },
    query: z
      .object({ from: Instant, to: Instant })
      .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= LONGEST_MS, {
        path: ['to'],
        error: 'Ask for one day at a time.',
      }),
    reply: z.object({ preflights: z.array(PreflightView) }),
    refusals: SIGNED_IN,
  }),
  visitPreflights: route({
    method: 'GET',
    path: '/api/visits/:visitId/preflights',
    summary: 'The newest test of each side of one visit, with its figures.',
    access: { kind: 'account', roles: AT_A_FACILITY },
    params: z.object({ visitId: VisitId }),
    reply: z.object({ preflights: z.array(PreflightView) }),
    refusals: [...SIGNED_IN, 'VISIT_NOT_FOUND'],
  }),
  terminalPreflight: route({
    method: 'GET',
    path: '/api/terminal/preflight',
    summary: 'The test that this terminal owes now, if it owes one and nobody uses it.',
    access: { kind: 'terminal' },
    reply: z.object({
      due: z
        .object({
          cause: z.enum(PREFLIGHT_CAUSES).exclude(['ASKED']),
          /** The visit that it is for; null: the nightly one. */
          visitId: VisitId.nullable(),
        })
        .nullable(),
    }),
    refusals: ['TERMINAL_NOT_ENROLLED', 'TERMINAL_DISABLED'],
  }),
} as const
