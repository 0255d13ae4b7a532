import { z } from 'zod'
import { Instant, LanguageTag } from '../ids.ts'
import { KEYED, SIGNED_IN, Version, route } from './route.ts'

/** Of what everything may have been read, by whoever got in. */
export const INCIDENT_SYSTEMS = [
  'PEOPLE',
  'DOCUMENTS',
  'VISITS',
  'RECORDINGS',
  'MESSAGES',
  'ACCOUNTS',
] as const
export const IncidentSystem = z.enum(INCIDENT_SYSTEMS)
export type IncidentSystem = (typeof INCIDENT_SYSTEMS)[number]

/** Why somebody may be affected: named by what an account did, shown by one of its searches, or kept in a system. */
export const INCIDENT_REASONS = ['LOOKED_AT', 'LISTED', ...INCIDENT_SYSTEMS] as const
export const IncidentReason = z.enum(INCIDENT_REASONS)
export type IncidentReason = (typeof INCIDENT_REASONS)[number]

export const INCIDENT_PEOPLE = ['VISITOR', 'INMATE', 'STAFF'] as const
export type IncidentPersonKind = (typeof INCIDENT_PEOPLE)[number]

/** An authority is told within ten days, people and facilities within thirty, from the discovery on. */
export const AUTHORITY_DAYS = 10
export const PEOPLE_DAYS = 30

/** `SOON`: three days or less. `DONE_LATE`: it was done when its time was over. */
export const CLOCK_STATES = ['RUNNING', 'SOON', 'LATE', 'DONE', 'DONE_LATE'] as const
const Clock = z.object({
  dueAt: Instant,
  doneAt: Instant.nullable(),
  state: z.enum(CLOCK_STATES),
})

/** A letter in one language; `{slots}` are filled for each person. */
export const IncidentLetter = z.strictObject({
  language: LanguageTag,
  text: z.string().trim().min(40, 'Say what happened, what it means and what to do.').max(8000),
})

/** What still has to be done before it can be closed. */
export const INCIDENT_DUTIES = ['WORK_OUT', 'TELL_AUTHORITY', 'TELL_PEOPLE', 'PRINT'] as const

const Heading = {
  incidentId: z.uuid(),
  title: z.string(),
  state: z.enum(['OPEN', 'CLOSED']),
  discoveredAt: Instant,
  openedAt: Instant,
  authority: Clock,
  people: Clock,
  affected: z.number().int(),
}
export const IncidentHeading = z.object(Heading)
export type IncidentHeading = z.output<typeof IncidentHeading>

export const IncidentView = z.object({
  ...Heading,
  version: Version,
  description: z.string(),
  fromAt: Instant,
  toAt: Instant,
  systems: z.array(IncidentSystem),
  accounts: z.array(z.object({ accountId: z.uuid(), login: z.string() })),
  facilities: z.array(z.object({ facilityId: z.uuid(), name: z.string() })),
  openedBy: z.string(),
  work: z.object({
    state: z.enum(['WAITING', 'DONE']),
    at: Instant.nullable(),
    ms: z.number().int().nullable(),
    entriesRead: z.number().int().nullable(),
  }),
  /** Affected people by kind and facility, and how far they have been told. */
  counts: z.array(
    z.object({
      kind: z.enum(INCIDENT_PEOPLE),
      /** Null: known to the estate alone. */
      facility: z.string().nullable(),
      people: z.number().int(),
      professionals: z.number().int(),
      told: z.number().int(),
      toPrint: z.number().int(),
    }),
  ),
  reasons: z.array(z.object({ reason: IncidentReason, people: z.number().int() })),
  authorityReference: z.string().nullable(),
  letters: z.array(IncidentLetter),
  lettersOrderedAt: Instant.nullable(),
  duties: z.array(z.enum(INCIDENT_DUTIES)),
  notes: z.array(z.object({ at: Instant, by: z.string(), text: z.string() })),
  closing: z
    .object({
      outcome: z.enum(['DONE', 'FALSE_ALARM']),
      reason: z.string(),
      askedBy: z.string(),
      askedAt: Instant,
      isMineToDecide: z.boolean(),
      closedBy: z.string().nullable(),
      closedAt: Instant.nullable(),
    })
    .nullable(),
})
export type IncidentView = z.output<typeof IncidentView>

const OPERATOR = { kind: 'account', roles: ['operatorAdmin'] } as const
const Which = z.object({ incidentId: z.uuid() })
const Reason = z.string().trim().min(3, 'Say why, in a few words.').max(2000)
const ONE = [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'INCIDENT_CLOSED'] as const

/** Incidents of an operator: who is affected, who is told, and until when. */
export const incidentRoutes = {
  incidents: route({
    method: 'GET',
    path: '/api/incidents',
    summary: 'The operator’s incidents, open ones first.',
    access: OPERATOR,
    reply: z.object({
      incidents: z.array(IncidentHeading),
      /** What one can be about. */
      facilities: z.array(z.object({ facilityId: z.uuid(), name: z.string() })),
    }),
    refusals: SIGNED_IN,
  }),
  openIncident: route({
    method: 'POST',
    path: '/api/incidents',
    summary: 'Opens an incident; who may be affected is worked out at once.',
    access: OPERATOR,
    stepUp: true,
    isKeyed: true,
    body: z
      .strictObject({
        title: z.string().trim().min(3, 'Give it a title.').max(200),
        description: z.string().trim().min(3, 'Say what is known.').max(8000),
        fromAt: Instant,
        toAt: Instant,
        discoveredAt: Instant,
        systems: z.array(IncidentSystem).max(INCIDENT_SYSTEMS.length),
        /** Logins of accounts that somebody else may have used. */
        logins: z.array(z.string().trim().toLowerCase().min(1).max(200)).max(50).default([]),
        facilityIds: z.array(z.uuid()).min(1, 'Choose a facility.').max(1000),
      })
      .refine(({ fromAt, toAt }) => fromAt < toAt, {
        path: ['toAt'],
        message: 'Put the end after the beginning.',
      })
      .refine(({ systems, logins }) => systems.length + logins.length > 0, {
        path: ['systems'],
        message: 'Say what may have been read, or whose account was used.',
      }),
    reply: IncidentView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
  incident: route({
    method: 'GET',
    path: '/api/incidents/:incidentId',
    summary: 'One incident: its clocks, its figures and what was done. The reading is in the log.',
    access: OPERATOR,
    params: Which,
    reply: IncidentView,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  workOutIncident: route({
    method: 'POST',
    path: '/api/incidents/:incidentId/working-out',
    summary: 'Works out anew who may be affected, with another span or other systems.',
    access: OPERATOR,
    stepUp: true,
    isKeyed: true,
    params: Which,
    body: z
      .strictObject({
        version: Version,
        fromAt: Instant,
        toAt: Instant,
        systems: z.array(IncidentSystem).max(INCIDENT_SYSTEMS.length),
      })
      .refine(({ fromAt, toAt }) => fromAt < toAt, {
        path: ['toAt'],
        message: 'Put the end after the beginning.',
      }),
    reply: IncidentView,
    // ALREADY_DECIDED: letters are on their way.
    refusals: [...ONE, 'VERSION_CHANGED', 'ALREADY_DECIDED'],
  }),
  noteIncident: route({
    method: 'POST',
    path: '/api/incidents/:incidentId/notes',
    summary: 'Notes what was found or done.',
    access: OPERATOR,
    isKeyed: true,
    params: Which,
    body: z.strictObject({ text: z.string().trim().min(3).max(4000) }),
    reply: IncidentView,
    refusals: ONE,
  }),
  authorityTold: route({
    method: 'POST',
    path: '/api/incidents/:incidentId/authority-notice',
    summary: 'Notes that the authority was told, and under which reference.',
    access: OPERATOR,
    stepUp: true,
    isKeyed: true,
    params: Which,
    body: z.strictObject({ reference: z.string().trim().min(1).max(200) }),
    reply: IncidentView,
    refusals: [...ONE, 'ALREADY_DECIDED'],
  }),
  incidentLetters: route({
    method: 'GET',
    path: '/api/incidents/:incidentId/letter-templates',
    summary:
      'The letters as they would go out now, one for each language, and what their slots are.',
    access: OPERATOR,
    params: Which,
    reply: z.object({ letters: z.array(IncidentLetter), slots: z.array(z.string()) }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  sendIncidentLetters: route({
    method: 'POST',
    path: '/api/incidents/:incidentId/letters',
    summary:
      'Sends the letters: by mail or at the terminal; who cannot be reached so is put on paper.',
    access: OPERATOR,
    stepUp: true,
    isKeyed: true,
    params: Which,
    body: z.strictObject({ letters: z.array(IncidentLetter).min(1).max(50) }),
    reply: IncidentView,
    refusals: [...ONE, 'ALREADY_DECIDED', 'INCIDENT_NOT_DONE'],
  }),
  incidentPapers: route({
    method: 'GET',
    path: '/api/incidents/:incidentId/papers',
    summary:
      'How many letters wait for paper; asked right before a paper’s download, for a page’s link cannot ask for a proof.',
    access: OPERATOR,
    stepUp: true,
    params: Which,
    reply: z.object({ toPrint: z.number().int() }),
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  printIncidentLetters: route({
    method: 'GET',
    path: '/api/incidents/:incidentId/letters.pdf',
    summary: 'The next letters that must go on paper, two hundred at most, as pages to print.',
    access: OPERATOR,
    stepUp: true,
    params: Which,
    reply: null,
    refusals: [...SIGNED_IN, 'NOT_FOUND', 'INCIDENT_NOT_DONE'],
  }),
  lettersPrinted: route({
    method: 'POST',
    path: '/api/incidents/:incidentId/printed',
    summary:
      'All letters that were made to print were handed over or posted: the next ones follow.',
    access: OPERATOR,
    isKeyed: true,
    params: Which,
    reply: IncidentView,
    refusals: [...ONE, 'INCIDENT_NOT_DONE'],
  }),
  incidentReport: route({
    method: 'GET',
    path: '/api/incidents/:incidentId/report.zip',
    summary: 'The report for the authority: facts, figures, letters and notes, signed; no names.',
    access: OPERATOR,
    stepUp: true,
    params: Which,
    reply: null,
    refusals: [...SIGNED_IN, 'NOT_FOUND', 'INCIDENT_NOT_DONE'],
  }),
  askIncidentClosing: route({
    method: 'POST',
    path: '/api/incidents/:incidentId/closing',
    summary: 'Asks for it to be closed: all duties are done, or it was a false alarm.',
    access: OPERATOR,
    stepUp: true,
    isKeyed: true,
    params: Which,
    body: z.strictObject({ outcome: z.enum(['DONE', 'FALSE_ALARM']), reason: Reason }),
    reply: IncidentView,
    refusals: [...ONE, 'ALREADY_DECIDED', 'INCIDENT_NOT_DONE'],
  }),
  decideIncidentClosing: route({
    method: 'POST',
    path: '/api/incidents/:incidentId/closing/decision',
    summary: 'A second person closes it, or leaves it open.',
    access: OPERATOR,
    stepUp: true,
    isKeyed: true,
    params: Which,
    body: z.strictObject({ isApproved: z.boolean(), reason: Reason }),
    reply: IncidentView,
    // ALREADY_DECIDED: nobody asks for it now.
    refusals: [...ONE, 'ALREADY_DECIDED', 'SECOND_PERSON_REQUIRED', 'INCIDENT_NOT_DONE'],
  }),
} as const
