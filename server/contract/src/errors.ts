/** What went wrong, in three kinds: an expected no (Refusal), a failed dependency (Fault), a broken invariant (Panic). */

/**
 * Every refusal a person or program can meet, with its HTTP status. The one table: clients translate
 * the code, servers never send prose. Adding a code here obliges every catalogue to have its words.
 */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  MESSAGE_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  NOT_SIGNED_IN: 401,
  SIGN_IN_REFUSED: 401,
  SESSION_EXPIRED: 401,
  // Somebody ended it: the person, an administrator, another sign-in.
  SESSION_ENDED: 401,
  // Signing in, and proving anew who one is.
  SIGN_IN_WAITS: 429,
  SECOND_FACTOR_REQUIRED: 403,
  SET_UP_REQUIRED: 403,
  STEP_UP_REQUIRED: 403,
  PASSKEY_REFUSED: 401,
  CODE_REFUSED: 401,
  RECOVERY_WAITS: 409,
  PASSWORD_COMMON: 422,
  PASSWORD_PERSONAL: 422,
  LAST_PROOF: 409,
  LOGIN_TAKEN: 409,
  ORIGIN_REFUSED: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PURPOSE_REQUIRED: 422,
  TERMINAL_NOT_ENROLLED: 401,
  TERMINAL_DISABLED: 403,
  // The device session is over, or the cookie came without its page: prove the key again.
  TERMINAL_PROOF_REQUIRED: 401,
  TERMINAL_PROOF_REFUSED: 401,
  // Another device is using this terminal's key just now.
  TERMINAL_KEY_IN_USE: 409,
  ENROLMENT_CODE_REFUSED: 401,
  PIN_REFUSED: 401,
  PIN_LOCKED: 423,
  OUTSIDE_VISIT_WINDOW: 403,
  VISIT_NOT_FOUND: 404,
  VISIT_NOT_JOINABLE: 409,
  VISIT_WRONG_STATE: 409,
  VISIT_ENDED: 410,
  SEAT_NOT_FOUND: 404,
  SEAT_REFUSED: 403,
  SEAT_WRONG_STATE: 409,
  SEAT_REPLACED: 409,
  // What was missed cannot be told again: join instead. It never says why.
  RESUME_REFUSED: 409,
  NOT_JOINED: 409,
  HELP_NOT_CALLED: 409,
  MEDIA_POLICY_FORBIDS: 403,
  MEDIA_UNAVAILABLE: 503,
  MEDIA_EPOCH_CHANGED: 409,
  TRANSPORT_NOT_FOUND: 404,
  PRODUCER_REFUSED: 422,
  CONSUMER_NOT_FOUND: 404,
  ROOM_NOT_FOUND: 404,
  GRANT_REFUSED: 403,
  RECORDING_NOT_FOUND: 404,
  RECORDING_NOT_READY: 409,
  RECORDER_UNAVAILABLE: 503,
  RECORDING_DESTROYED: 410,
  READING_BUDGET_USED: 429,
  EXPORT_EXPIRED: 410,
  EXPORT_NOT_READY: 409,
  ON_HOLD: 409,
  REQUEST_ID_REUSED: 422,
  // Writes over REST (BK-5).
  IDEMPOTENCY_KEY_REQUIRED: 400,
  IDEMPOTENCY_KEY_REUSED: 422,
  VERSION_CHANGED: 409,
  ALREADY_DECIDED: 409,
  // Registration and documents.
  REGISTRATION_TOKEN_REFUSED: 401,
  DOCUMENT_REFUSED: 422,
  DOCUMENTS_MISSING: 409,
  RELATIONSHIP_EXISTS: 409,
  TOO_MANY_OPEN_REQUESTS: 409,
  // Eligibility: one for each thing that can stand in the way (EL-8).
  VISITOR_NOT_VERIFIED: 403,
  RELATIONSHIP_MISSING: 403,
  RELATIONSHIP_PENDING: 403,
  RELATIONSHIP_SUSPENDED: 403,
  RELATIONSHIP_BANNED: 403,
  INMATE_NOT_AVAILABLE: 409,
  TOO_MANY_VISITORS: 422,
  ADULT_REQUIRED: 422,
  RESTRICTED: 403,
  NOT_TOGETHER: 403,
  PROFESSIONAL_REQUIRED: 403,
  VISITS_SUSPENDED: 403,
  TOO_SOON: 409,
  TOO_FAR_AHEAD: 409,
  SLOT_NOT_FOUND: 404,
  SLOT_CLOSED: 409,
  SLOT_NOT_FOR_INMATE: 409,
  BLACKED_OUT: 409,
  QUOTA_USED: 409,
  LEGAL_LIMIT: 409,
  INMATE_BUSY: 409,
  VISITOR_BUSY: 409,
  LINK_CENTRE_CLOSED: 409,
  NO_PLACE: 409,
  // Booking.
  BOOKING_NOT_FOUND: 404,
  BOOKING_WRONG_STATE: 409,
  HOLD_LOST: 409,
  HOLD_ALREADY_EXTENDED: 409,
  ALREADY_WAITING: 409,
  ON_DEMAND_NOT_ALLOWED: 403,
  RING_OVER: 410,
  // Staff and link centres.
  COURT_ORDER_BINDS: 403,
  SECOND_PERSON_REQUIRED: 403,
  IMPACT_NOT_CONFIRMED: 409,
  // Incidents: a duty is open (named in `fields`); or it is over.
  INCIDENT_NOT_DONE: 409,
  INCIDENT_CLOSED: 410,
  TERMINAL_IN_USE: 409,
  ROOM_CODE_REFUSED: 401,
  DEPENDENCY_FAILED: 503,
  INTERNAL: 500,
} as const

/** A key of {@link ERROR_STATUS}. */
export type ErrorCode = keyof typeof ERROR_STATUS

/** Which part of the input is at fault and how to mend it, for people who build against the API. */
export type FieldProblem = { readonly field: string; readonly cure: string }

/** Facts that go with a refusal to whoever asked; never about other people (EL-8). */
export type RefusalContext = {
  readonly fields?: readonly FieldProblem[]
  /** ISO instant at which the refusal lifts, where there is one. */
  readonly liftsAt?: string
  readonly [fact: string]: unknown
}

/** An expected no. Logged at info; its code and context reach the caller. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly context: RefusalContext
  constructor(code: ErrorCode, context: RefusalContext = {}) {
    super(code)
    this.code = code
    this.context = context
  }
}

/** A dependency failed (database, media node, recorder, disk). Logged as an error; the caller learns only the code. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: ErrorCode
  constructor(message: string, options: { cause?: unknown; code?: ErrorCode } = {}) {
    super(message, { cause: options.cause })
    this.code = options.code ?? 'DEPENDENCY_FAILED'
  }
}

/** A broken invariant: a bug of ours. Never caught per request, except to answer INTERNAL. */
export class Panic extends Error {
  override readonly name = 'Panic'
}

/** Throws a {@link Panic}; use where an invariant is found broken. */
export function panic(message: string): never {
  throw new Panic(message)
}

/** Ends an exhaustive switch: a compile error if a case is missing, a panic if one arrives from outside. */
export function assertNever(value: never): never {
  return panic(`unexpected value: ${JSON.stringify(value)}`)
}

/** The code a caller is told for any thrown thing. */
export function errorCodeOf(error: unknown): ErrorCode {
  if (error instanceof Refusal || error instanceof Fault) return error.code
  return 'INTERNAL'
}
