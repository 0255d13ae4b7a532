import { z } from 'zod'
import { Instant, VisitId } from '../ids.ts'
import { PageQuery, SIGNED_IN, pageOf, route } from './route.ts'

/** A log as strangers name it: the estate's, or a facility's by its id. */
export const AuditLogId = z.union([z.literal('estate'), z.uuid()])
const Seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const Size = Seq
/** A name, a key's id and the key (C2SP vkey). */
const VerifierKey = z.string()

/** An entry in its parts, as its bytes say them; ids only. */
const AuditEntry = z.object({
  seq: z.number().int(),
  ts: Instant,
  actor: z.object({ type: z.string(), actorId: z.string() }),
  action: z.string(),
  object: z.object({ type: z.string(), objectId: z.string(), visitId: z.string().nullable() }),
  outcome: z.enum(['allow', 'deny', 'error']),
  reason: z.string().nullable(),
})

/** Why an act was allowed or refused, from the entry's own data. */
const AuditWhy = z.object({
  /** The route or command that let the act in; null of entries from before it was kept, and of what nobody asked for. */
  rule: z.string().nullable(),
  /** Whom that rule lets in; empty where it asks for no role. */
  roles: z.array(z.string()),
  /** What bound the actor to the log's facility. */
  reach: z
    .enum(['FACILITY', 'ESTATE', 'OPERATOR', 'SELF', 'TERMINAL', 'PUBLIC', 'SYSTEM'])
    .nullable(),
  /** The class of the visit, where there is one. */
  visitClass: z.enum(['social', 'official', 'privileged']).nullable(),
})

const AuditLogState = z.object({
  log: AuditLogId,
  /** The facility's; null of the estate's log. */
  name: z.string().nullable(),
  size: z.number().int(),
  checkpoint: z
    .object({ size: z.number().int(), signedAt: Instant, shippedAt: Instant.nullable() })
    .nullable(),
  witnesses: z.array(z.object({ witness: z.string(), size: z.number().int(), at: Instant })),
  verification: z
    .object({
      checkedAt: Instant,
      size: z.number().int(),
      /** The first bad entry; null: the log is whole. */
      badSeq: z.number().int().nullable(),
      fault: z.string().nullable(),
    })
    .nullable(),
})

const AUDITOR = { kind: 'account', roles: ['auditor'] } as const
const OfLog = z.object({ log: AuditLogId })
const OfEntry = z.object({ log: AuditLogId, seq: Seq })
const READ = [...SIGNED_IN, 'NOT_FOUND'] as const

/** The audit log for those who watch it from outside: sizes, hashes and signatures, and nothing else (TR-2). */
const publicAuditRoutes = {
  auditKeys: route({
    method: 'GET',
    path: '/api/audit/keys',
    summary:
      'The keys that checkpoints were ever signed with, each with the word of the one before.',
    access: { kind: 'public' },
    reply: z.object({
      keys: z.array(z.object({ verifierKey: VerifierKey, handOver: z.string().nullable() })),
      witnesses: z.array(VerifierKey),
    }),
    refusals: ['TOO_MANY_REQUESTS'],
  }),
  auditCheckpoints: route({
    method: 'GET',
    path: '/api/audit/checkpoints',
    summary: 'Every log with the size of its newest checkpoint.',
    access: { kind: 'public' },
    reply: z.object({
      logs: z.array(z.object({ log: AuditLogId, size: z.number().int(), signedAt: Instant })),
    }),
    refusals: ['TOO_MANY_REQUESTS'],
  }),
  auditCheckpoint: route({
    method: 'GET',
    path: '/api/audit/checkpoints/:log',
    summary:
      'The newest checkpoint of a log, or the one of that size, with its cosignatures: a signed note.',
    access: { kind: 'public' },
    params: OfLog,
    query: z.object({ size: Size.optional() }),
    reply: null,
    refusals: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
  }),
  auditConsistency: route({
    method: 'GET',
    path: '/api/audit/proofs/consistency',
    summary:
      'That a log of one size begins with the log of a smaller one (RFC 6962, 2.1.2); base64 hashes.',
    access: { kind: 'public' },
    query: z.object({ log: AuditLogId, from: Size, to: Size }),
    reply: z.object({ hashes: z.array(z.string()) }),
    refusals: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
  }),
  cosignCheckpoint: route({
    method: 'POST',
    path: '/api/audit/cosignatures',
    summary:
      'Keeps the line of a witness whom we know under a checkpoint that it saw; any other is FORBIDDEN.',
    access: { kind: 'public' },
    body: z.strictObject({
      log: AuditLogId,
      size: z.number().int().min(1),
      line: z.string().max(400),
    }),
    reply: z.object({}),
    refusals: ['NOT_FOUND', 'FORBIDDEN', 'TOO_MANY_REQUESTS'],
  }),
} as const

/** The audit log for auditors; each look is an entry itself. */
const readAuditRoutes = {
  auditLogs: route({
    method: 'GET',
    path: '/api/audit/logs',
    summary: 'The logs that the auditor may read, and how well each is looked after.',
    access: AUDITOR,
    reply: z.object({
      logs: z.array(AuditLogState),
      /** Whether checkpoints are sent to a second place, and stamped by an authority. */
      isShipped: z.boolean(),
      isStamped: z.boolean(),
      lastStampAt: Instant.nullable(),
    }),
    refusals: SIGNED_IN,
  }),
  auditEntries: route({
    method: 'GET',
    path: '/api/audit/entries',
    summary: 'Entries of a log, the newest first.',
    access: AUDITOR,
    query: z.object({
      ...PageQuery,
      log: AuditLogId,
      from: Instant.optional(),
      to: Instant.optional(),
      actor: z.string().max(100).optional(),
      /** Whole, or what it begins with, up to a dot: `recording` or `recording.play`. */
      action: z.string().max(100).optional(),
      object: z.string().max(200).optional(),
      outcome: z.enum(['allow', 'deny', 'error']).optional(),
      visit: VisitId.optional(),
    }),
    reply: pageOf(AuditEntry),
    refusals: READ,
  }),
  auditEntry: route({
    method: 'GET',
    path: '/api/audit/entries/:log/:seq',
    summary: 'One entry: its parts, its exact text, and why the act was allowed.',
    access: AUDITOR,
    params: OfEntry,
    reply: AuditEntry.extend({
      requestId: z.string().nullable(),
      detail: z.array(z.object({ name: z.string(), value: z.string() })),
      /** What was hashed. */
      text: z.string(),
      hash: z.string(),
      why: AuditWhy,
    }),
    refusals: READ,
  }),
  auditProof: route({
    method: 'GET',
    path: '/api/audit/entries/:log/:seq/proof',
    summary:
      'That the entry stands in the log, without any other entry: a C2SP tlog-proof with the entry in it.',
    access: AUDITOR,
    params: OfEntry,
    reply: null,
    refusals: READ,
  }),
  exportAuditLog: route({
    method: 'GET',
    path: '/api/audit/logs/:log/export.zip',
    summary:
      'A whole log with its checkpoints, cosignatures, keys and time stamps, and the verifier.',
    access: AUDITOR,
    params: OfLog,
    reply: null,
    refusals: [...READ, 'TOO_MANY_REQUESTS'],
  }),
} as const

/** The audit log's routes (TR-2). */
export const auditRoutes = { ...publicAuditRoutes, ...readAuditRoutes } as const
