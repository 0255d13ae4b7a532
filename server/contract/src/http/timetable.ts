import { z } from 'zod'
import {
  BlackoutId,
  FacilityId,
  Instant,
  LinkCentreId,
  LinkCentreRoomId,
  SlotId,
  TemplateId,
  TerminalId,
  VisitId,
  ZoneName,
} from '../ids.ts'
import { VisitClassShape } from '../visit.ts'
import { BookingModeShape } from './booking.ts'
import { DESK, KEYED, SIGNED_IN, LocalDate, Version, route } from './route.ts'

const MINUTES_A_DAY = 1440

/** A rule that makes slots, on the facility's wall clock (BK-7). */
const TemplateFields = {
  name: z.string().trim().min(1, 'Give the session a name.').max(100),
  /** ISO weekday: 1 is Monday. */
  weekday: z.number().int().min(1).max(7),
  /** Minutes after local midnight. */
  startMinute: z
    .number()
    .int()
    .min(0)
    .max(MINUTES_A_DAY - 1),
  lengthMinutes: z.number().int().min(5, 'At least 5 minutes.').max(240, 'At most 240 minutes.'),
  everyWeeks: z.number().int().min(1).max(12),
  validFrom: LocalDate,
  validTo: LocalDate.nullable(),
  visitClass: VisitClassShape,
  bookingMode: BookingModeShape,
  /** Visits at once. */
  capacity: z.number().int().min(1).max(200),
  /** Wings whose inmates it is for; empty: all. */
  wings: z.array(z.string().min(1).max(100)).max(50),
  excludedDates: z.array(LocalDate).max(400),
}
export const TemplateInput = z.strictObject(TemplateFields)
export type TemplateInput = z.output<typeof TemplateInput>
export const TemplateView = z.object({
  templateId: TemplateId,
  version: Version,
  ...TemplateFields,
})
export type TemplateView = z.output<typeof TemplateView>

export const SlotView = z.object({
  slotId: SlotId,
  templateId: TemplateId,
  startsAt: Instant,
  endsAt: Instant,
  visitClass: VisitClassShape,
  bookingMode: BookingModeShape,
  capacity: z.number().int().min(0),
  used: z.number().int().min(0),
  isClosed: z.boolean(),
  isBlackedOut: z.boolean(),
})

/** Names a list of affected visits, however long: SHA-256 in hex of their sorted ids. */
const AffectedDigest = z.string().regex(/^[0-9a-f]{64}$/, 'The digest that the preview gave.')

/** What a change to the timetable would do, told before it is saved. */
export const TimetableImpact = z.object({
  slotsAdded: z.number().int(),
  slotsRemoved: z.number().int(),
  /** Booked visits whose slot would go; they stay booked, and each gets a task (BK-7). */
  affected: z.array(
    z.object({
      visitId: VisitId,
      startsAt: Instant,
      endsAt: Instant,
      inmateName: z.string(),
      visitorNames: z.array(z.string()),
    }),
  ),
  /** To be sent with the change, which is refused where it would affect others than these. */
  affectedDigest: AffectedDigest,
})
export type TimetableImpact = z.output<typeof TimetableImpact>

export const BLACKOUT_SCOPES = [
  'ESTATE',
  'FACILITY',
  'WING',
  'TERMINAL',
  'LINK_CENTRE',
  'LINK_CENTRE_ROOM',
] as const
const BlackoutFields = {
  scope: z.enum(BLACKOUT_SCOPES),
  wing: z.string().min(1).max(100).optional(),
  terminalId: TerminalId.optional(),
  linkCentreId: LinkCentreId.optional(),
  linkCentreRoomId: LinkCentreRoomId.optional(),
  startsAt: Instant,
  endsAt: Instant,
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(500),
}
export const BlackoutView = z.object({
  blackoutId: BlackoutId,
  facilityId: FacilityId.nullable(),
  ...BlackoutFields,
  isLifted: z.boolean(),
})

/** The timetable: templates, slots and blackouts. */
export const timetableRoutes = {
  timetable: route({
    method: 'GET',
    path: '/api/timetable',
    summary: 'One week of the facility: templates, slots with used and free places, blackouts.',
    access: { kind: 'account', roles: ['officer', ...DESK] },
    query: z.object({ weekOf: LocalDate }),
    reply: z.object({
      facility: z.object({ facilityId: FacilityId, name: z.string(), timeZone: ZoneName }),
      /** Monday of that week, local. */
      weekOf: LocalDate,
      wings: z.array(z.string()),
      terminals: z.array(z.object({ terminalId: TerminalId, name: z.string(), wing: z.string() })),
      templates: z.array(TemplateView),
      slots: z.array(SlotView),
      blackouts: z.array(BlackoutView),
    }),
    refusals: SIGNED_IN,
  }),
  previewTemplate: route({
    method: 'POST',
    path: '/api/session-templates/preview',
    summary:
      'What saving would do: slots added and removed, and every booked visit that is affected.',
    access: { kind: 'account', roles: DESK },
    body: z.strictObject({ templateId: TemplateId.nullable(), template: TemplateInput }),
    reply: TimetableImpact,
    refusals: [...SIGNED_IN, 'NOT_FOUND', 'LEGAL_LIMIT'],
  }),
  addTemplate: route({
    method: 'POST',
    path: '/api/session-templates',
    summary: 'Adds a template and its slots up to the booking horizon.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    body: TemplateInput,
    reply: TemplateView,
    refusals: [...SIGNED_IN, ...KEYED, 'LEGAL_LIMIT'],
  }),
  changeTemplate: route({
    method: 'PUT',
    path: '/api/session-templates/:templateId',
    summary:
      'Changes a template; never moves a booked visit. `affectedDigest` is that of the preview somebody has read.',
    access: { kind: 'account', roles: DESK },
    isKeyed: true,
    params: z.object({ templateId: TemplateId }),
    body: z.strictObject({
      version: Version,
      template: TemplateInput,
      affectedDigest: AffectedDigest,
    }),
    reply: z.object({ template: TemplateView, impact: TimetableImpact }),
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'NOT_FOUND',
      'VERSION_CHANGED',
      'IMPACT_NOT_CONFIRMED',
      'LEGAL_LIMIT',
    ],
  }),
  previewBlackout: route({
    method: 'POST',
    path: '/api/blackouts/preview',
    summary: 'Booked visits that a blackout would touch.',
    access: { kind: 'account', roles: [...DESK, 'operatorAdmin'] },
    body: z.strictObject(BlackoutFields),
    reply: TimetableImpact,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  addBlackout: route({
    method: 'POST',
    path: '/api/blackouts',
    summary:
      'Closes a time for an estate, facility, wing, terminal, link centre or room; visits in it get a task each.',
    access: { kind: 'account', roles: [...DESK, 'operatorAdmin'] },
    isKeyed: true,
    body: z.strictObject({ ...BlackoutFields, affectedDigest: AffectedDigest }),
    reply: BlackoutView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'IMPACT_NOT_CONFIRMED'],
  }),
  liftBlackout: route({
    method: 'POST',
    path: '/api/blackouts/:blackoutId/lifting',
    summary: 'Opens the time again.',
    access: { kind: 'account', roles: [...DESK, 'operatorAdmin'] },
    isKeyed: true,
    params: z.object({ blackoutId: BlackoutId }),
    reply: BlackoutView,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'ALREADY_DECIDED'],
  }),
} as const
