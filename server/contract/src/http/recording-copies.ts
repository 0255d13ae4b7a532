import { z } from 'zod'
import { DerivativeKind } from '../derivatives.ts'
import { Instant, PlayId, VisitId } from '../ids.ts'
import { EMPTY, KEYED, PageQuery, SIGNED_IN, pageOf, route } from './route.ts'

export const DERIVATIVE_STATES = ['WAITING', 'BEING_MADE', 'MADE', 'FAILED'] as const

export const DerivativeView = z.object({
  derivativeId: z.uuid(),
  kind: DerivativeKind,
  state: z.enum(DERIVATIVE_STATES),
  /** In thousandths. */
  share: z.number().int(),
  fromMs: z.number().int(),
  toMs: z.number().int(),
  bytes: z.number().int().nullable(),
  askedAt: Instant,
  askedBy: z.string(),
})
export type DerivativeView = z.output<typeof DerivativeView>

/** ASKED → REFUSED, or → APPROVED (being put together) → READY → EXPIRED. */
export const EXPORT_STATES = ['ASKED', 'REFUSED', 'APPROVED', 'READY', 'EXPIRED', 'FAILED'] as const
export const ExportView = z.object({
  exportId: z.uuid(),
  visitId: VisitId,
  startsAt: Instant,
  state: z.enum(EXPORT_STATES),
  purpose: z.string(),
  caseNumber: z.string(),
  recipient: z.string(),
  derivatives: z.array(z.uuid()),
  askedBy: z.string(),
  askedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string().nullable(),
  /** Whether the reader asked for it, with this account: downloads the archive, and decides nothing. */
  isMine: z.boolean(),
  /** Whether the reader is somebody who may decide it: not who asked, with whatever account. */
  isMineToDecide: z.boolean(),
  bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  expiresAt: Instant.nullable(),
  downloads: z.number().int(),
})
export type ExportView = z.output<typeof ExportView>

const REVIEWERS = { kind: 'account', roles: ['investigator'] } as const
const DECIDERS = { kind: 'account', roles: ['investigator', 'facilityAdmin'] } as const
const KEPT = [...SIGNED_IN, 'RECORDING_NOT_FOUND', 'RECORDING_DESTROYED'] as const

/** Copies of recordings, and exports, which take two people (RC-6). */
export const recordingCopyRoutes = {
  derivatives: route({
    method: 'GET',
    path: '/api/plays/:playId/derivatives',
    summary: 'The copies of the visit that is open.',
    access: REVIEWERS,
    params: z.object({ playId: PlayId }),
    reply: z.object({ derivatives: z.array(DerivativeView) }),
    refusals: KEPT,
  }),
  askDerivative: route({
    method: 'POST',
    path: '/api/plays/:playId/derivatives',
    summary:
      'Asks for a copy side by side, of the whole visit or of a stretch; it is made when the machine has time.',
    access: REVIEWERS,
    isKeyed: true,
    params: z.object({ playId: PlayId }),
    body: z
      .strictObject({
        kind: DerivativeKind,
        fromMs: z.number().int().min(0),
        toMs: z.number().int().min(1),
      })
      .refine(({ fromMs, toMs }) => toMs > fromMs, {
        error: 'Put the end after the beginning.',
        path: ['toMs'],
      }),
    reply: DerivativeView,
    refusals: [...KEPT, ...KEYED, 'RECORDER_UNAVAILABLE'],
  }),
  readDerivative: route({
    method: 'GET',
    path: '/api/plays/:playId/derivatives/:derivativeId/file',
    summary: 'The bytes of a copy; ranges are answered.',
    access: REVIEWERS,
    params: z.object({ playId: PlayId, derivativeId: z.uuid() }),
    reply: null,
    refusals: [...KEPT, 'NOT_FOUND'],
  }),
  askExport: route({
    method: 'POST',
    path: '/api/recordings/:visitId/exports',
    summary:
      'Asks for an export: originals, proofs and chosen copies in one archive. Somebody else decides.',
    access: REVIEWERS,
    stepUp: true,
    isKeyed: true,
    params: z.object({ visitId: VisitId }),
    body: z.strictObject({
      purpose: z.string().trim().min(3).max(500),
      caseNumber: z.string().trim().min(1).max(100),
      recipient: z.string().trim().min(3, 'Say who is to get it.').max(200),
      derivatives: z.array(z.uuid()).max(20).default([]),
    }),
    reply: ExportView,
    refusals: [...KEPT, ...KEYED, 'RECORDING_NOT_READY', 'NOT_FOUND'],
  }),
  exports: route({
    method: 'GET',
    path: '/api/exports',
    summary:
      'The exports of the facility, newest first; those that wait for a decision, or the others.',
    access: DECIDERS,
    query: z.object({ ...PageQuery, isWaiting: z.enum(['true', 'false']).optional() }),
    reply: pageOf(ExportView),
    refusals: [...SIGNED_IN, 'BAD_REQUEST'],
  }),
  decideExport: route({
    method: 'POST',
    path: '/api/exports/:exportId/decision',
    summary: 'Approves or refuses an export; never who asked for it.',
    access: DECIDERS,
    stepUp: true,
    isKeyed: true,
    params: z.object({ exportId: z.uuid() }),
    body: z.strictObject({
      isApproved: z.boolean(),
      reason: z.string().trim().min(3, 'Say why, in a few words.').max(500),
    }),
    reply: ExportView,
    refusals: [...KEPT, ...KEYED, 'NOT_FOUND', 'SECOND_PERSON_REQUIRED', 'ALREADY_DECIDED'],
  }),
  downloadExport: route({
    method: 'GET',
    path: '/api/exports/:exportId/archive.zip',
    summary:
      'The archive, until it expires; for who asked for it. Each download is in the audit log first.',
    access: REVIEWERS,
    params: z.object({ exportId: z.uuid() }),
    reply: null,
    refusals: [...SIGNED_IN, 'NOT_FOUND', 'EXPORT_EXPIRED', 'RECORDING_NOT_READY'],
  }),
  takeBackExport: route({
    method: 'DELETE',
    path: '/api/exports/:exportId',
    summary: 'Ends an export before its time; the archive is destroyed.',
    access: DECIDERS,
    isKeyed: true,
    params: z.object({ exportId: z.uuid() }),
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
} as const
