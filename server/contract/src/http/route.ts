import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { Instant } from '../ids.ts'

/** Roles of an account. The inmate has none: an inmate exists only on an enrolled terminal. */
export const ROLES = [
  'visitor',
  'host',
  'officer',
  'scheduler',
  'facilityAdmin',
  'investigator',
  'auditor',
  'operatorAdmin',
] as const
export const Role = z.enum(ROLES)
export type Role = (typeof ROLES)[number]

/**
 * Who may call a route: anyone, an enrolled terminal, an inmate signed in on one, or accounts with
 * these roles. Facility and relation are checked on top, by the server's one access module.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'terminal' }
  | { readonly kind: 'inmate' }
  | { readonly kind: 'account'; readonly roles: readonly Role[] }

/** A REST route: its shapes, its refusals and who may call it. The server binds a handler, OpenAPI is made of it. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly access: Access
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Null where the answer is a file. */
  readonly reply: z.ZodType | null
  readonly refusals: readonly ErrorCode[]
  /** A write that takes an `Idempotency-Key` header (BK-5). */
  readonly isKeyed?: true
  /** The body is one picture, sent as it is (`image/jpeg`, `image/png` or `image/webp`). */
  readonly isUpload?: true
  /** Also for a link centre's room device, which is signed in for one visit and nothing else. */
  readonly isForRoomDevice?: true
  /** Also for a terminal that was taken out of service: it is how it learns of its return. */
  readonly isForDisabledTerminal?: true
  /** Also for a sign-in that is not whole yet: before its second factor, or with a passkey to set up. */
  readonly isForUnfinishedSignIn?: true
  /** Needs a proof of who it is that is at most five minutes old; else STEP_UP_REQUIRED. */
  readonly stepUp?: true
  /** Asked by the page of itself, again and again: no sign of anybody being there. */
  readonly isByMachine?: true
}

export const route = <const R extends Route>(definition: R): R => definition

/** A route's answer as it is written on the wire; for clients, which parse nothing. */
export type RouteReply<R extends Route> = R['reply'] extends z.ZodType ? z.input<R['reply']> : never
/** What a route takes in its body, as a client writes it. */
export type RouteBody<R extends Route> = R extends { readonly body: infer Body extends z.ZodType }
  ? z.input<Body>
  : undefined

/** What a route takes in its query, as a client writes it. */
export type RouteQuery<R extends Route> = R extends {
  readonly query: infer Query extends z.ZodType
}
  ? z.input<Query>
  : undefined

/** RFC 9457 problem document; `code` is from the error table. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  requestId: z.string(),
  fields: z.array(z.object({ field: z.string(), cure: z.string() })).optional(),
  liftsAt: Instant.optional(),
  /** With `NO_PLACE` and its like: free places near the one asked for, as `FreePlace` (BK-10). */
  alternatives: z.array(z.unknown()).optional(),
  /** With a refusal of eligibility: the whole `EligibilityReport`. */
  report: z.unknown().optional(),
})

/** Roles of a facility's own people and their operator. */
export const STAFF = ['officer', 'scheduler', 'facilityAdmin', 'operatorAdmin'] as const
/** Roles that decide about people, bookings and the timetable. */
export const DESK = ['scheduler', 'facilityAdmin'] as const
export const EMPTY = z.object({})
/** What any signed-in caller can meet. */
export const SIGNED_IN = ['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_ENDED', 'FORBIDDEN'] as const
/** What a write with its key can meet besides (BK-5). */
export const KEYED = ['IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_REUSED'] as const

/** A page of a list: ask again with `cursor` for what follows; null: that was all. */
export const Cursor = z.string().max(200)
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: Cursor.optional(),
}
/** The list of one page. */
export const pageOf = <const Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: Cursor.nullable() })

/** Compare-and-set: the `version` that the caller saw; another one by now is `VERSION_CHANGED`. */
export const Version = z.number().int().min(0)
/** A local calendar date, `YYYY-MM-DD`. */
export const LocalDate = z.iso.date()
