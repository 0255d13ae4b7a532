import { createHash } from 'node:crypto'
import type { AccountRole } from '../../generated/client/enums.ts'
import { type CanonicalValue, canonicalJson } from '@visavis/contract/canonical-json'

/** The log of everything that belongs to no single facility. */
export const ESTATE_LOG = 'estate'

/** Names a chain of audit entries: a facility's own, or {@link ESTATE_LOG}. */
export type AuditLog = typeof ESTATE_LOG | `facility/${string}`

/** The log of one facility. */
export function facilityLog(facilityId: string): AuditLog {
  return `facility/${facilityId}`
}

/** Who acted. `actorId` is an account's, inmate's or terminal's id, or a process's name; never a person's name. */
export type AuditActor = {
  readonly type: AccountRole | 'inmate' | 'terminal' | 'anonymous' | 'system'
  readonly actorId: string
  readonly authSessionId?: string
}

/** What was acted on; `visitId` wherever it belongs to a visit. */
export type AuditObject = {
  readonly type: string
  readonly objectId: string
  readonly visitId?: string
}

/** What allowed an act: the rule's name, and what bound the actor to what was asked. */
export type AuditPolicy = { readonly rule: string; readonly reach: string }

/** An audit entry as its author knows it: ids only, no names, tokens or free text about people. */
export type AuditDraft = {
  readonly log: AuditLog
  readonly ts: Date
  readonly actor: AuditActor
  /** `object.verb` in the past or present, for example `seat.admit`. */
  readonly action: string
  readonly object: AuditObject
  readonly outcome: 'allow' | 'deny' | 'error'
  readonly reason?: string
  readonly requestId?: string
  readonly policy?: AuditPolicy
  readonly detail?: { readonly [key: string]: CanonicalValue }
}

/** An audit entry in its place in the chain, as it is stored. */
export type AuditRow = {
  readonly log: string
  readonly seq: bigint
  readonly ts: Date
  readonly action: string
  readonly visitId: string | null
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly prevHash: string
  readonly hash: string
}

/** The newest entry of a log: what the next one follows. */
export type ChainHead = { readonly seq: bigint; readonly hash: string }

/** What the first entry of every log follows. */
export const CHAIN_START: ChainHead = { seq: 0n, hash: '0'.repeat(64) }

/** Version of the entry's form, inside the hashed bytes. */
const ENTRY_VERSION = 1

/** Marks a leaf (RFC 6962 §2.1), so that a Merkle tree over the same entries can follow. */
const LEAF_PREFIX = Buffer.of(0)

/** SHA-256 of a zero byte and the entry's bytes, in hex. */
export function leafHash(bytes: Uint8Array): string {
  return createHash('sha256').update(LEAF_PREFIX).update(bytes).digest('hex')
}

/**
 * The canonical text of an entry around what only its place in the chain says: it goes on after the first
 * part with the hash of the entry before, and after the second with the number. Keys are in their order.
 */
export function entryParts(draft: AuditDraft): readonly [string, string, string] {
  const { action, actor, detail, log, object, outcome, policy, reason, requestId, ts } = draft
  const first = {
    ...{ action, actor, log, object, outcome },
    ...(detail === undefined ? {} : { detail }),
    ...(policy === undefined ? {} : { policy: { rule: policy.rule, reach: policy.reach } }),
  }
  const between = {
    ...(reason === undefined ? {} : { reason }),
    ...(requestId === undefined ? {} : { requestId }),
  }
  const last = { ts: ts.toISOString(), v: ENTRY_VERSION }
  return [
    `{${membersOf(first)},"prev":"`,
    `",${[membersOf(between), '"seq":'].filter((part) => part !== '').join(',')}`,
    `,${membersOf(last)}}`,
  ]
}

function membersOf(value: { readonly [key: string]: CanonicalValue }): string {
  return canonicalJson(value).slice(1, -1)
}

/** Puts `draft` behind `head`. Pure: the same draft and head give the same bytes and hash. */
export function chainEntry(head: ChainHead, draft: AuditDraft): AuditRow {
  const seq = head.seq + 1n
  const [first, second, third] = entryParts(draft)
  const bytes = new TextEncoder().encode(`${first}${head.hash}${second}${seq}${third}`)
  return {
    log: draft.log,
    seq,
    ts: draft.ts,
    action: draft.action,
    visitId: draft.object.visitId ?? null,
    bytes,
    prevHash: head.hash,
    hash: leafHash(bytes),
  }
}
