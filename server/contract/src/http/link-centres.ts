import { z } from 'zod'
import { HelpAnswerShape, HelpCallView } from '../help.ts'
import {
  Instant,
  LinkCentreId,
  LinkCentreRoomId,
  SeatId,
  VisitId,
  VisitorId,
  ZoneName,
} from '../ids.ts'
import { VisitReceipt as VisitStatement } from '../receipt.ts'
import { CourseNote } from '../timeline.ts'
import { OutcomeShape } from '../visit.ts'
import { DESK, KEYED, SIGNED_IN, LocalDate, route } from './route.ts'
import { Me } from './sign-in.ts'

/** For each ISO weekday (`1` is Monday) the local stretches in which rooms can be booked. */
export const OpeningHours = z.partialRecord(
  z.enum(['1', '2', '3', '4', '5', '6', '7']),
  z.array(
    z.strictObject({
      fromMinute: z.number().int().min(0).max(1439),
      toMinute: z.number().int().min(1).max(1440),
    }),
  ),
)
export type OpeningHours = z.output<typeof OpeningHours>

/** A visit as the host's desk sees it: who comes and to which room; nothing of the inmate but a first name. */
export const DeskVisit = z.object({
  visitId: VisitId,
  startsAt: Instant,
  endsAt: Instant,
  room: z.object({ linkCentreRoomId: LinkCentreRoomId, name: z.string() }),
  facilityName: z.string(),
  inmateFirstName: z.string(),
  visitors: z.array(
    z.object({
      seatId: SeatId,
      visitorId: VisitorId,
      name: z.string(),
      isAdult: z.boolean(),
      checkedInAt: Instant.nullable(),
      /** This person's call for help, as far as it is not taken back (OV-9). */
      help: HelpCallView.nullable(),
    }),
  ),
  /** Whether the room’s device is signed in for this visit. */
  isRoomReady: z.boolean(),
  outcome: OutcomeShape.nullable(),
})

/** What a visit came to, for paper. */
export const VisitReceipt = z.object({
  visitId: VisitId,
  linkCentre: z.object({ name: z.string(), address: z.string(), timeZone: ZoneName }).nullable(),
  facility: z.object({ name: z.string(), timeZone: ZoneName }),
  room: z.string().nullable(),
  startsAt: Instant,
  endsAt: Instant,
  visitorNames: z.array(z.string()),
  inmateFirstName: z.string(),
  bookedMs: z.number().int(),
  deliveredMs: z.number().int(),
  outcome: OutcomeShape.nullable(),
  /** Whether the reader can have the certificate that nobody watched it (OV-8). */
  hasCertificate: z.boolean(),
  /** Every second of it, and what it means for quota and credit; null until the visit has ended. */
  statement: VisitStatement.nullable(),
  /** What happened, note by note; for the facility's staff only, null for everybody else. */
  course: z.array(CourseNote).nullable(),
  printedAt: Instant,
})

/** Link centres and the host's desk. */
export const linkCentreRoutes = {
  linkCentres: route({
    method: 'GET',
    path: '/api/link-centres',
    summary: 'Link centres of the estates the caller has to do with, with their opening hours.',
    access: { kind: 'account', roles: ['visitor', 'host', ...DESK] },
    reply: z.object({
      linkCentres: z.array(
        z.object({
          linkCentreId: LinkCentreId,
          name: z.string(),
          address: z.string(),
          timeZone: ZoneName,
          openingHours: OpeningHours,
          rooms: z.number().int(),
        }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  setOpeningHours: route({
    method: 'PUT',
    path: '/api/desk/opening-hours',
    summary: 'Opening hours of the host’s own link centre; visits already booked stay.',
    access: { kind: 'account', roles: ['host'] },
    isKeyed: true,
    body: z.strictObject({ openingHours: OpeningHours }),
    reply: z.object({ openingHours: OpeningHours }),
    refusals: [...SIGNED_IN, ...KEYED],
  }),
  deskDay: route({
    method: 'GET',
    path: '/api/desk/visits',
    summary: 'One day’s visits at the host’s link centre.',
    access: { kind: 'account', roles: ['host'] },
    isByMachine: true,
    query: z.object({ date: LocalDate.optional() }),
    reply: z.object({
      linkCentre: z.object({
        name: z.string(),
        address: z.string(),
        timeZone: ZoneName,
        openingHours: OpeningHours,
      }),
      date: LocalDate,
      visits: z.array(DeskVisit),
    }),
    refusals: SIGNED_IN,
  }),
  checkIn: route({
    method: 'POST',
    path: '/api/desk/visits/:visitId/check-ins',
    summary: 'The host saw this person and their document on site.',
    access: { kind: 'account', roles: ['host'] },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({ seatId: SeatId, documentName: z.string().trim().min(2).max(100) }),
    reply: DeskVisit,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'VISIT_NOT_FOUND',
      'VISIT_NOT_JOINABLE',
      'SEAT_NOT_FOUND',
      'ALREADY_DECIDED',
    ],
  }),
  answerRoomHelp: route({
    method: 'POST',
    path: '/api/desk/visits/:visitId/help-answers',
    summary: 'The host answers a call for help from a room (OV-9).',
    access: { kind: 'account', roles: ['host'] },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({ seatId: SeatId, answer: HelpAnswerShape }),
    reply: DeskVisit,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'VISIT_NOT_FOUND',
      'VISIT_ENDED',
      'SEAT_NOT_FOUND',
      'HELP_NOT_CALLED',
    ],
  }),
  issueRoomCode: route({
    method: 'POST',
    path: '/api/desk/visits/:visitId/room-codes',
    summary:
      'A one-time code that signs the room’s device in for this visit, once everybody is checked in.',
    access: { kind: 'account', roles: ['host'] },
    params: z.object({ visitId: VisitId }),
    reply: z.object({ code: z.string(), expiresAt: Instant }),
    refusals: [...SIGNED_IN, 'VISIT_NOT_FOUND', 'VISIT_NOT_JOINABLE'],
  }),
  roomSignIn: route({
    method: 'POST',
    path: '/api/room/sign-in',
    summary: 'Signs a link centre’s room device in for one visit, by the host’s code.',
    access: { kind: 'public' },
    body: z.strictObject({ code: z.string().min(6).max(32) }),
    reply: z.object({ visitId: VisitId, me: Me }),
    refusals: ['ROOM_CODE_REFUSED', 'TOO_MANY_REQUESTS'],
  }),
  visitReceipt: route({
    method: 'GET',
    path: '/api/visits/:visitId/receipt',
    summary: 'What was booked and what was delivered, for printing.',
    access: { kind: 'account', roles: ['visitor', 'host', ...DESK] },
    params: z.object({ visitId: VisitId }),
    reply: VisitReceipt,
    refusals: [...SIGNED_IN, 'VISIT_NOT_FOUND'],
  }),
} as const
