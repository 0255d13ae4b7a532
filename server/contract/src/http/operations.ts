import { z } from 'zod'
import { Instant } from '../ids.ts'
import { SIGNED_IN, route } from './route.ts'

/** What the service stands on, in the order in which it is looked at. */
export const SERVICE_PARTS = [
  'database',
  'mediaNodes',
  'recorders',
  'objectStore',
  'keys',
  'audit',
  'jobs',
  'mail',
  'disk',
  'clock',
  'certificate',
  'signIn',
  'turn',
] as const
export type ServicePart = (typeof SERVICE_PARTS)[number]

/** `OFF`: not in use, by whoever set the service up. */
export const PART_STATES = ['OK', 'WARN', 'BAD', 'OFF'] as const
export type PartState = (typeof PART_STATES)[number]

/** Why a part is not well; each has its words and its cure in every catalogue. */
export const PART_REASONS = [
  'DATABASE_UNREACHABLE',
  'DATABASE_SLOW',
  'MEDIA_NODES_NONE',
  'MEDIA_NODES_SOME',
  'RECORDERS_NONE',
  'RECORDERS_SOME',
  'STORE_UNREACHABLE',
  'KEYS_UNREADABLE',
  'AUDIT_LATE',
  'AUDIT_SHIPPING_LATE',
  'AUDIT_KEPT_HERE',
  'JOBS_LATE',
  'JOBS_FAIL',
  'MAIL_FOLDER',
  'MAIL_WAITS',
  'MAIL_FAILS',
  'DISK_LOW',
  'DISK_FULL',
  'CLOCK_OFF',
  'CERTIFICATE_ENDS',
  'CERTIFICATE_ENDED',
  'CERTIFICATE_ELSEWHERE',
  'SIGN_IN_DEMO',
  'TURN_OFF',
  'TURN_UNREACHABLE',
] as const
export type PartReason = (typeof PART_REASONS)[number]

/** How one part fares. `since`: when the server saw it so first, at the earliest when it started. */
export const PartView = z.object({
  part: z.enum(SERVICE_PARTS),
  state: z.enum(PART_STATES),
  reason: z.enum(PART_REASONS).nullable(),
  since: Instant,
  /** What the words of the reason are filled with: how many, how long. */
  figures: z.record(z.string(), z.number()),
})

export const operationsRoutes = {
  operations: route({
    method: 'GET',
    path: '/api/operations',
    summary:
      'How everything fares that the service stands on, and since when; nothing about people.',
    access: { kind: 'account', roles: ['facilityAdmin', 'operatorAdmin'] },
    reply: z.object({ checkedAt: Instant, parts: z.array(PartView) }),
    refusals: SIGNED_IN,
  }),
} as const
