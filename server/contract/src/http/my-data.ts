import { z } from 'zod'
import { Instant, LanguageTag, VisitorId } from '../ids.ts'
import { EMPTY, KEYED, SIGNED_IN, route } from './route.ts'

/** ASKED (being put together) → READY → EXPIRED, or → FAILED. */
export const DATA_EXPORT_STATES = ['ASKED', 'READY', 'EXPIRED', 'FAILED'] as const

/** A copy of somebody's own data, as whoever asked for it sees it. */
export const DataExportView = z.object({
  exportId: z.uuid(),
  /** The child whose data they are; null: the account's own. */
  child: z.object({ visitorId: VisitorId, displayName: z.string() }).nullable(),
  state: z.enum(DATA_EXPORT_STATES),
  askedAt: Instant,
  expiresAt: Instant.nullable(),
  bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  downloads: z.number().int(),
})
export type DataExportView = z.output<typeof DataExportView>

const MINE = { kind: 'account', roles: ['visitor'] } as const
const WhichExport = z.object({ exportId: z.uuid() })

/** A visitor's copy of everything that is kept of them, or of a child whose guardian they are. */
export const myDataRoutes = {
  dataExports: route({
    method: 'GET',
    path: '/api/my/data-exports',
    summary: 'The copies of own data that were asked for, newest first.',
    access: MINE,
    reply: z.object({ exports: z.array(DataExportView) }),
    refusals: SIGNED_IN,
  }),
  askDataExport: route({
    method: 'POST',
    path: '/api/my/data-exports',
    summary: 'Asks for a copy of all that is kept of the visitor, or of a child of theirs.',
    access: MINE,
    stepUp: true,
    isKeyed: true,
    body: z.strictObject({ childId: VisitorId.optional(), language: LanguageTag }),
    reply: DataExportView,
    // TOO_MANY_OPEN_REQUESTS: there is one of this person that is being made or can be fetched.
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND', 'TOO_MANY_OPEN_REQUESTS'],
  }),
  dataExport: route({
    method: 'GET',
    path: '/api/my/data-exports/:exportId',
    summary:
      'One of them; asked right before its download, for a page’s link cannot ask for a proof.',
    access: MINE,
    stepUp: true,
    params: WhichExport,
    reply: DataExportView,
    refusals: [...SIGNED_IN, 'NOT_FOUND'],
  }),
  downloadDataExport: route({
    method: 'GET',
    path: '/api/my/data-exports/:exportId/archive.zip',
    summary: 'The archive, until it expires. Each download is in the audit log first.',
    access: MINE,
    stepUp: true,
    params: WhichExport,
    reply: null,
    refusals: [...SIGNED_IN, 'NOT_FOUND', 'EXPORT_EXPIRED', 'EXPORT_NOT_READY'],
  }),
  removeDataExport: route({
    method: 'DELETE',
    path: '/api/my/data-exports/:exportId',
    summary: 'Destroys the archive before its time.',
    access: MINE,
    isKeyed: true,
    params: WhichExport,
    reply: EMPTY,
    refusals: [...SIGNED_IN, ...KEYED, 'NOT_FOUND'],
  }),
} as const
