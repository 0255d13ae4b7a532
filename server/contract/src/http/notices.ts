import { z } from 'zod'
import { InmateId, Instant, NoticeId, VisitId, ZoneName } from '../ids.ts'
import { DESK, EMPTY, KEYED, SIGNED_IN, LocalDate, PageQuery, pageOf, route } from './route.ts'

/** What people are told; each has its words in every language of the server's own catalogues. */
export const NOTICE_KINDS = [
  'REGISTRATION_LINK',
  'REGISTRATION_KNOWN',
  'RECOVERY_CODE',
  'RECOVERY_WAITS',
  'ACCOUNT_RECOVERED',
  'ADDRESS_CODE',
  'ADDRESS_CHANGED',
  'DATA_READY',
  'INCIDENT_LETTER',
  'INCIDENT_CLOCK',
  'VISITOR_VERIFIED',
  'VISITOR_REJECTED',
  'IDENTITY_CORRECTED',
  'CORRECTION_REJECTED',
  'PROFESSIONAL_VERIFIED',
  'PROFESSIONAL_REJECTED',
  'RELATIONSHIP_APPROVED',
  'RELATIONSHIP_REJECTED',
  'RELATIONSHIP_CHANGED',
  'BOOKING_CONFIRMED',
  'BOOKING_REQUESTED',
  'BOOKING_REJECTED',
  'BOOKING_CANCELLED',
  'BOOKING_MOVED',
  'BOOKING_SUSPENDED',
  'BOOKING_REBOOKED',
  'REBOOK_OFFER',
  'WAITING_OFFER',
  'RING',
  'REMINDER_24H',
  'REMINDER_1H',
  'REMINDER_10M',
] as const
export const NoticeKind = z.enum(NOTICE_KINDS)
export type NoticeKind = (typeof NOTICE_KINDS)[number]
export const NoticeState = z.enum(['QUEUED', 'SENT', 'READ', 'FAILED', 'BOUNCED', 'CANCELLED'])

/** A mail or text message as it lies in a folder, where it is not really sent. */
export const DevelopmentMessage = z.object({
  messageId: z.string(),
  channel: z.enum(['EMAIL', 'SMS']),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  sentAt: Instant,
  attachments: z.array(z.object({ name: z.string(), text: z.string() })),
})
export type DevelopmentMessage = z.output<typeof DevelopmentMessage>

/** Notices, reminders, the movement list, and in development the mail folder. */
export const noticeRoutes = {
  notices: route({
    method: 'GET',
    path: '/api/notices',
    summary: 'Who was told what about the facility’s visits, and whether it arrived.',
    access: { kind: 'account', roles: DESK },
    query: z.object({ ...PageQuery, visitId: VisitId.optional(), state: NoticeState.optional() }),
    reply: pageOf(
      z.object({
        noticeId: NoticeId,
        kind: NoticeKind,
        channel: z.enum(['EMAIL', 'SMS', 'TERMINAL']),
        state: NoticeState,
        toWhom: z.enum(['VISITOR', 'INMATE']),
        visitId: VisitId.nullable(),
        dueAt: Instant,
        sentAt: Instant.nullable(),
        attempts: z.number().int(),
        failure: z.string().nullable(),
      }),
    ),
    refusals: SIGNED_IN,
  }),
  movements: route({
    method: 'GET',
    path: '/api/movements',
    summary: 'Who must be where: the day’s visits by wing and hour, for printing.',
    access: { kind: 'account', roles: ['officer', ...DESK] },
    query: z.object({ date: LocalDate, wing: z.string().max(100).optional() }),
    reply: z.object({
      facility: z.object({ name: z.string(), timeZone: ZoneName }),
      date: LocalDate,
      movements: z.array(
        z.object({
          visitId: VisitId,
          startsAt: Instant,
          endsAt: Instant,
          inmateId: InmateId,
          inmateNumber: z.string(),
          inmateName: z.string(),
          wing: z.string(),
          terminalName: z.string(),
          terminalWing: z.string(),
          needsEscort: z.boolean(),
          acknowledgedAt: Instant.nullable(),
        }),
      ),
    }),
    refusals: SIGNED_IN,
  }),
  terminalNotices: route({
    method: 'GET',
    path: '/api/terminal/notices',
    summary: 'What the signed-in inmate has to be told.',
    access: { kind: 'inmate' },
    reply: z.object({
      notices: z.array(
        z.object({
          noticeId: NoticeId,
          kind: NoticeKind,
          title: z.string(),
          body: z.string(),
          visitId: VisitId.nullable(),
          isRead: z.boolean(),
          createdAt: Instant,
        }),
      ),
    }),
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED'],
  }),
  readNotice: route({
    method: 'POST',
    path: '/api/terminal/notices/:noticeId/reading',
    summary: 'The inmate has read it.',
    access: { kind: 'inmate' },
    isKeyed: true,
    params: z.object({ noticeId: NoticeId }),
    reply: EMPTY,
    refusals: ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', ...KEYED, 'NOT_FOUND'],
  }),
  acknowledgeVisit: route({
    method: 'POST',
    path: '/api/terminal/visits/:visitId/acknowledgement',
    summary: 'The inmate knows of the visit and will come.',
    access: { kind: 'inmate' },
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    reply: EMPTY,
    refusals: [
      'NOT_SIGNED_IN',
      'SESSION_EXPIRED',
      'SESSION_ENDED',
      ...KEYED,
      'VISIT_NOT_FOUND',
      'BOOKING_WRONG_STATE',
    ],
  }),
  mailFolder: route({
    method: 'GET',
    path: '/api/development/mail',
    summary: 'In development only: mails and text messages instead of being sent, newest first.',
    access: { kind: 'public' },
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    reply: z.object({
      messages: z.array(DevelopmentMessage),
    }),
    refusals: ['NOT_FOUND'],
  }),
} as const
