import type { PartReason, PartState, ServicePart } from '@visavis/contract/http'

/** What was found of everything that the service stands on; null: it could not be asked. */
export type Facts = {
  readonly isProduction: boolean
  readonly database: { readonly latencyMs: number; readonly clockOffMs: number } | null
  /** Of each one that the configuration names: whether it can be used. */
  readonly mediaNodes: readonly boolean[]
  readonly recorders: readonly boolean[]
  readonly isStoreThere: boolean
  readonly areKeysThere: boolean
  readonly audit: { readonly lateMs: number; readonly shipLateMs: number } | null
  /** Whether checkpoints have a second place. */
  readonly isAuditShipped: boolean
  readonly jobs: readonly QueueFacts[] | null
  readonly mail: MailFacts | null
  /** Whether mails are really sent. */
  readonly isMailReal: boolean
  readonly freeBytes: number | null
  /** When the certificate that this process serves ends; null: it serves none. */
  readonly certificateEndsInMs: number | null
  readonly isSignInDemo: boolean
  /** Null: there is none. */
  readonly isTurnThere: boolean | null
}

/** One queue of jobs: how many wait although their time has come, since how long, and how many gave up. */
export type QueueFacts = {
  readonly queue: string
  readonly waiting: number
  readonly active: number
  readonly failed: number
  readonly oldestMs: number
}

/** Notices that people should have by now. */
export type MailFacts = {
  readonly waiting: number
  readonly oldestMs: number
  readonly failedLately: number
}

/** How a part fares, without since when. */
export type Finding = {
  readonly part: ServicePart
  readonly state: PartState
  readonly reason: PartReason | null
  readonly figures: Readonly<Record<string, number>>
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Statements take milliseconds; whoever waits for half a second has noticed. */
const SLOW_MS = 500
/** A checkpoint is due each minute; five are a fault (TR-2). */
const AUDIT_LATE_MS = 5 * MINUTE_MS
/** Somebody waits for the first jobs after seconds. */
const JOBS_LATE_MS = 10 * MINUTE_MS
const MAIL_LATE_MS = 10 * MINUTE_MS
const GIGABYTE = 1_000_000_000
/** An hour of recording for thirty visits. */
const DISK_LOW_BYTES = 20 * GIGABYTE
/** From here on journals break off soon. */
const DISK_FULL_BYTES = 2 * GIGABYTE
/** Sign-ins, codes of authenticators and grants go by the clock. */
const CLOCK_OFF_MS = 2_000
/** Time to get another one, with a holiday in between. */
const CERTIFICATE_ENDS_MS = 21 * DAY_MS

type Judgement = readonly [PartState, PartReason, Readonly<Record<string, number>>?]

/** How every part fares, by the facts; pure. */
export function findingsOf(facts: Facts): readonly Finding[] {
  const judged: Readonly<Record<ServicePart, Judgement | null>> = {
    database: databaseOf(facts),
    mediaNodes: someOf(facts.mediaNodes, ['MEDIA_NODES_NONE', 'MEDIA_NODES_SOME']),
    recorders: someOf(facts.recorders, ['RECORDERS_NONE', 'RECORDERS_SOME']),
    objectStore: facts.isStoreThere ? null : ['BAD', 'STORE_UNREACHABLE'],
    keys: facts.areKeysThere ? null : ['BAD', 'KEYS_UNREADABLE'],
    audit: auditOf(facts),
    jobs: jobsOf(facts),
    mail: mailOf(facts),
    disk: diskOf(facts),
    clock: clockOf(facts),
    certificate: certificateOf(facts),
    signIn: facts.isSignInDemo ? [facts.isProduction ? 'BAD' : 'WARN', 'SIGN_IN_DEMO'] : null,
    turn: turnOf(facts),
  }
  return Object.entries(judged).map(([part, judgement]) => {
    const [state, reason, figures = {}] = judgement ?? ['OK', null]
    return { part: part as ServicePart, state, reason, figures }
  })
}

function databaseOf({ database }: Facts): Judgement | null {
  if (database === null) return ['BAD', 'DATABASE_UNREACHABLE']
  if (database.latencyMs <= SLOW_MS) return null
  return ['WARN', 'DATABASE_SLOW', { milliseconds: Math.round(database.latencyMs) }]
}

function someOf(
  ready: readonly boolean[],
  [none, some]: readonly [PartReason, PartReason],
): Judgement | null {
  const count = ready.filter(Boolean).length
  const figures = { ready: count, all: ready.length }
  if (count === 0) return ['BAD', none, figures]
  return count < ready.length ? ['WARN', some, figures] : null
}

function auditOf({ audit, isAuditShipped }: Facts): Judgement | null {
  const minutes = (ms: number) => ({ minutes: Math.floor(ms / MINUTE_MS) })
  if (audit && audit.lateMs > AUDIT_LATE_MS) return ['BAD', 'AUDIT_LATE', minutes(audit.lateMs)]
  if (!isAuditShipped) return ['WARN', 'AUDIT_KEPT_HERE']
  if (!audit || audit.shipLateMs <= AUDIT_LATE_MS) return null
  return ['BAD', 'AUDIT_SHIPPING_LATE', minutes(audit.shipLateMs)]
}

function jobsOf({ jobs }: Facts): Judgement | null {
  if (jobs === null) return null
  const oldestMs = Math.max(0, ...jobs.map((each) => each.oldestMs))
  const waiting = jobs.reduce((sum, each) => sum + each.waiting, 0)
  const failed = jobs.reduce((sum, each) => sum + each.failed, 0)
  const minutes = Math.floor(oldestMs / MINUTE_MS)
  if (oldestMs > JOBS_LATE_MS) return ['BAD', 'JOBS_LATE', { waiting, minutes }]
  return failed > 0 ? ['WARN', 'JOBS_FAIL', { failed }] : null
}

function mailOf({ mail, isMailReal }: Facts): Judgement | null {
  if (!isMailReal) return ['WARN', 'MAIL_FOLDER']
  if (mail === null) return null
  const { waiting, oldestMs, failedLately: failed } = mail
  const minutes = Math.floor(oldestMs / MINUTE_MS)
  if (oldestMs > MAIL_LATE_MS) return ['BAD', 'MAIL_WAITS', { waiting, minutes }]
  return failed > 0 ? ['WARN', 'MAIL_FAILS', { failed }] : null
}

function diskOf({ freeBytes }: Facts): Judgement | null {
  if (freeBytes === null || freeBytes >= DISK_LOW_BYTES) return null
  const figures = { gigabytes: Math.floor(freeBytes / GIGABYTE) }
  return freeBytes < DISK_FULL_BYTES ? ['BAD', 'DISK_FULL', figures] : ['WARN', 'DISK_LOW', figures]
}

function clockOf({ database }: Facts): Judgement | null {
  const offMs = Math.abs(database?.clockOffMs ?? 0)
  return offMs > CLOCK_OFF_MS ? ['WARN', 'CLOCK_OFF', { seconds: Math.round(offMs / 1_000) }] : null
}

function certificateOf({ certificateEndsInMs: leftMs }: Facts): Judgement | null {
  if (leftMs === null) return ['OFF', 'CERTIFICATE_ELSEWHERE']
  if (leftMs <= 0) return ['BAD', 'CERTIFICATE_ENDED']
  const days = Math.floor(leftMs / DAY_MS)
  return leftMs < CERTIFICATE_ENDS_MS ? ['WARN', 'CERTIFICATE_ENDS', { days }] : null
}

function turnOf({ isTurnThere }: Facts): Judgement | null {
  if (isTurnThere === null) return ['OFF', 'TURN_OFF']
  return isTurnThere ? null : ['BAD', 'TURN_UNREACHABLE']
}

/** A finding and since when it is so. */
export type Standing = Finding & { readonly since: Date }

/**
 * The findings with since when each is so: a part keeps its instant while state and reason stay the same.
 */
export function standingsOf(
  findings: readonly Finding[],
  before: readonly Standing[],
  now: Date,
): readonly Standing[] {
  return findings.map((finding) => {
    const known = before.find(({ part }) => part === finding.part)
    const isSame = known?.state === finding.state && known.reason === finding.reason
    return { ...finding, since: isSame ? known.since : now }
  })
}
