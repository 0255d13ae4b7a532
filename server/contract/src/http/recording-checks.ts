import { z } from 'zod'
import { Instant, RecordingId } from '../ids.ts'
import { KEYED, SIGNED_IN, route } from './route.ts'

/** What can be wrong with a recording's files. */
export const CHECK_PROBLEMS = [
  'MISSING',
  'DAMAGED',
  'MANIFEST_CHANGED',
  'NOT_READABLE',
  // a head that was noted while it was made is not on the journal's chain
  'HEAD_NOT_ON_CHAIN',
] as const

/** One file's first bad stretch; bytes from the first to the last bad one, where there is one to name. */
export const CheckProblem = z.object({
  code: z.enum(CHECK_PROBLEMS),
  file: z.string(),
  fromByte: z.number().int().optional(),
  toByte: z.number().int().optional(),
})
export type CheckProblem = z.output<typeof CheckProblem>

/** A recording's files compared with its signed manifest, without a key. */
export const RecordingCheck = z.object({
  checkedAt: Instant,
  /** `OK`, or the first problem as `CODE file from-to`. */
  finding: z.string(),
  /** At most one a file; of a check made before 23 November 2026 only the first. */
  problems: z.array(CheckProblem),
  /** Who asked for it; null: the system did, as it does once a month. */
  askedBy: z.string().nullable(),
})
export type RecordingCheck = z.output<typeof RecordingCheck>

/** The answer to somebody who asks for a check: while it still runs, its time and finding are null. */
export const AskedCheck = RecordingCheck.extend({
  checkedAt: Instant.nullable(),
  finding: z.string().nullable(),
})
export type AskedCheck = z.output<typeof AskedCheck>

/** Checks of recordings, by themselves and when somebody wishes (RC-4). */
export const recordingCheckRoutes = {
  checkRecording: route({
    method: 'POST',
    path: '/api/recordings/:recordingId/check',
    summary:
      'Compares a recording’s files with its manifest now. A long check answers before its end; the same key asks for its outcome.',
    access: { kind: 'account', roles: ['investigator', 'auditor'] },
    isKeyed: true,
    params: z.object({ recordingId: RecordingId }),
    reply: AskedCheck,
    refusals: [
      ...SIGNED_IN,
      ...KEYED,
      'RECORDING_NOT_FOUND',
      'RECORDING_NOT_READY',
      'RECORDING_DESTROYED',
    ],
  }),
  recordingChecks: route({
    method: 'GET',
    path: '/api/recordings/:recordingId/checks',
    summary: 'The checks of a recording, newest first.',
    access: { kind: 'account', roles: ['investigator', 'auditor', 'facilityAdmin'] },
    params: z.object({ recordingId: RecordingId }),
    reply: z.object({ checks: z.array(RecordingCheck) }),
    refusals: [...SIGNED_IN, 'RECORDING_NOT_FOUND'],
  }),
} as const
