import type { NoticeKind } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'

/** Who is told: somebody we know, or an address that nobody has registered yet. */
export type NoticeTo =
  | { readonly visitorId: string }
  | { readonly inmateId: string }
  | { readonly email: string; readonly language: string }

/** One thing to tell one person. */
export type NewNotice = {
  readonly kind: NoticeKind
  readonly to: NoticeTo
  readonly visitId?: string
  /** What the words of this kind need besides the visit; instants as ISO strings. */
  readonly details?: Readonly<Record<string, string | number>>
  /** When to tell; absent: now. */
  readonly dueAt?: Date
  /** Same reason, same person: told once. */
  readonly dedupeKey: string
  /** Whether a calendar entry comes along; absent: where the kind has one. */
  readonly calendar?: boolean
}

/** The same thing to tell everybody in a visit. */
export type PartiesNotice = {
  readonly visitId: string
  readonly kind: NoticeKind
  /** Same reason: told once to each. */
  readonly dedupe: string
  readonly details?: Readonly<Record<string, string | number>>
  readonly dueAt?: Date
}

/** Telling people, in the transaction of what they are told about (an outbox). */
export type Notices = {
  /** Writes what is to be told, and the job that tells it. A second time with the same key: nothing. */
  readonly queue: (tx: Tx, notice: NewNotice) => Promise<void>
  /** Everybody in the visit: visitors by mail and text message, the inmate at the terminal. */
  readonly tellParties: (tx: Tx, notice: PartiesNotice) => Promise<void>
  /** What is queued about the visit and not told yet is not told any more. */
  readonly cancelOf: (tx: Tx, visitId: string) => Promise<void>
}
