import { z } from 'zod'
import { Instant, VisitId, ZoneName } from '../ids.ts'
import { PartyShape } from '../visit.ts'
import { EMPTY, KEYED, LocalDate, SIGNED_IN, route } from './route.ts'

/** What can be said against a recording. */
export const OBJECTION_CODES = [
  'NOT_TOLD',
  'PRIVILEGED',
  'CHILD',
  'PRIVATE_MATTER',
  'OTHER',
] as const

/** An objection as the facility's people read it. */
export const Objection = z.object({
  objectionId: z.uuid(),
  visitId: VisitId,
  startsAt: Instant,
  party: PartyShape,
  at: Instant,
  code: z.enum(OBJECTION_CODES),
  text: z.string(),
  destroyAfter: Instant.nullable(),
  isHeld: z.boolean(),
})

/** A visit of mine, and what was kept of me. */
export const RecordedOfMe = z.object({
  visitId: VisitId,
  startsAt: Instant,
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  /** Whose visit it was: the other side's first name. */
  with: z.string(),
  isRecorded: z.boolean(),
  /** What was kept of me. */
  kept: z.object({ picture: z.boolean(), sound: z.boolean(), durationMs: z.number().int() }),
  keptUntil: Instant.nullable(),
  /** Kept longer, because somebody must by law; why is not told. */
  isHeld: z.boolean(),
  destroyedAt: Instant.nullable(),
  /** Who looked at it, or got a copy from outside (`recipient`): a role, and a day; told {@link WATCHED_TOLD_AFTER_DAYS} days later. */
  watched: z.array(z.object({ role: z.string(), day: LocalDate, times: z.number().int() })),
  objection: z
    .object({
      at: Instant,
      code: z.enum(OBJECTION_CODES),
      state: z.enum(['OPEN', 'DONE', 'DISMISSED']),
      answer: z.string().nullable(),
    })
    .nullable(),
})
export type RecordedOfMe = z.output<typeof RecordedOfMe>

/** So that an inquiry is not given away by its own trace; in days. */
export const WATCHED_TOLD_AFTER_DAYS = 90

const mine = z.object({
  visits: z.array(RecordedOfMe),
  rules: z.object({ social: z.number().int(), official: z.number().int() }).nullable(),
})
const objection = z.strictObject({ code: z.enum(OBJECTION_CODES) })

/** The other side's view: what was recorded of me. */
export const recordedOfMeRoutes = {
  recordedOfMe: route({
    method: 'GET',
    path: '/api/me/recordings',
    summary: 'What was recorded of the caller, until when it is kept, and who looked at it.',
    access: { kind: 'account', roles: ['visitor'] },
    reply: mine,
    refusals: SIGNED_IN,
  }),
  objectToRecording: route({
    method: 'POST',
    path: '/api/me/recordings/:visitId/objection',
    summary: 'Objects to a recording; the facility’s people answer.',
    access: { kind: 'account', roles: ['visitor'] },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: objection.extend({ text: z.string().trim().max(1000).default('') }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'RECORDING_NOT_FOUND', 'ALREADY_DECIDED'],
  }),
  recordedOfInmate: route({
    method: 'GET',
    path: '/api/inmate/recordings',
    summary: 'The same for the inmate, at the terminal.',
    access: { kind: 'inmate' },
    reply: mine,
    refusals: SIGNED_IN,
  }),
  inmateObjects: route({
    method: 'POST',
    path: '/api/inmate/recordings/:visitId/objection',
    summary: 'The inmate objects; a code only, for a terminal has no keyboard.',
    access: { kind: 'inmate' },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: objection,
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'RECORDING_NOT_FOUND', 'ALREADY_DECIDED'],
  }),
} as const
