import { Fault } from '@visavis/contract/errors'
import { NoticeKind } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { Transact, Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { calendarText } from './calendar.ts'
import { calendarWordsOf, mailOf, smsOf } from './compose.ts'
import type { Told } from './compose.ts'
import type { DeliveriesRepo, QueuedNotice } from './deliveries.repo.ts'
import { NoticeDetails } from './notice-details.ts'
import { calendarMethodOf, hasSecret, isStale, stateAfter } from './notice-rules.ts'
import type { Delivery } from './notice-rules.ts'
import type { Mail, Mailer, SmsSender } from './ports.ts'

/** What sending stands on. */
export type SendDeps = {
  readonly repo: DeliveriesRepo
  readonly transact: Transact
  readonly clock: Clock
  readonly audit: Audit
  readonly tasks: Tasks
  readonly log: Logger
  readonly mailer: Mailer
  readonly sms: SmsSender
  readonly origin: string
  /** The address that mails come from, without a name. */
  readonly sender: string
}

/** How soon somebody should call a visitor whom no message reaches. */
const BOUNCE_DUE_MS = 24 * 3_600_000

/**
 * The job: sends what of these is still to be sent. Each row is settled by itself, so that a second run
 * after a crash sends only the rest; a mail that left just before the crash leaves twice, with one id.
 */
export async function sendNotices(noticeIds: readonly string[], deps: SendDeps): Promise<void> {
  let waiting = 0
  for (const notice of await deps.repo.queued(noticeIds)) {
    const isOver = await sendOne(notice, deps)
    if (!isOver) waiting += 1
  }
  if (waiting > 0) throw new Fault(`${waiting} notices wait for another try`)
}

async function sendOne(notice: QueuedNotice, deps: SendDeps): Promise<boolean> {
  const told = toldOf(notice, deps)
  const startsAt = told.details.visit === null ? null : new Date(told.details.visit.startsAt)
  if (isStale({ kind: told.kind, startsAt }, notice.visit, deps.clock.now())) {
    await deps.repo.cancel(notice.noticeId)
    return true
  }
  const delivery = await deliver(notice, told, deps)
  const state = stateAfter(delivery, notice.attempts + 1)
  const failure = delivery.kind === 'SENT' ? null : delivery.failure
  await deps.transact(async (tx) => {
    const isOver = state !== 'QUEUED'
    const wiped = isOver && hasSecret(told.kind) ? { details: {} } : {}
    const sentAt = state === 'SENT' ? { sentAt: deps.clock.now() } : {}
    const isOurs = await deps.repo.settle(tx, notice.noticeId, {
      state,
      failure,
      ...sentAt,
      ...wiped,
    })
    if (isOurs && (state === 'BOUNCED' || state === 'FAILED')) {
      await askToCall(tx, { notice, state, failure: failure ?? '' }, deps)
    }
  })
  deps.log.info({ noticeId: notice.noticeId, state, failure }, 'notice')
  return state !== 'QUEUED'
}

function toldOf(notice: QueuedNotice, { origin }: SendDeps): Told {
  const { language, visitId } = notice
  const kind = NoticeKind.parse(notice.kind)
  return { kind, language, visitId, origin, details: NoticeDetails.parse(notice.details) }
}

async function deliver(
  { noticeId, channel, address }: QueuedNotice,
  told: Told,
  deps: SendDeps,
): Promise<Delivery> {
  const to = address ?? ''
  if (channel === 'SMS') {
    return deps.sms.send({ noticeId, to, text: smsOf(told) ?? mailOf(told).subject })
  }
  const mail = { noticeId, to, ...mailOf(told) }
  return deps.mailer.send({ ...mail, calendar: calendarOf(told, to, deps) })
}

function calendarOf(told: Told, attendee: string, deps: SendDeps): Mail['calendar'] {
  const { visit, hasCalendar } = told.details
  if (!hasCalendar || visit === null || told.visitId === null) return null
  const method = calendarMethodOf(told.kind) ?? 'REQUEST'
  const text = calendarText({
    visitId: told.visitId,
    method,
    visit,
    stamp: deps.clock.now(),
    ...calendarWordsOf(told),
    location: visit.centre === '' ? told.origin : `${visit.centre}, ${visit.address}`,
    organizer: { name: visit.facility, email: deps.sender },
    attendee,
  })
  return { method, text }
}

type Lost = {
  readonly notice: QueuedNotice
  readonly state: 'BOUNCED' | 'FAILED'
  readonly failure: string
}

/** Nobody was told: a person calls. Without any facility to ask, the log must do. */
async function askToCall(tx: Tx, { notice, state, failure }: Lost, deps: SendDeps): Promise<void> {
  const { noticeId, visitId, visitorId, visit } = notice
  const ofVisitor = visitorId === null ? null : await deps.repo.facilityOfVisitor(tx, visitorId)
  const facilityId = visit?.facilityId ?? ofVisitor
  if (facilityId !== null) {
    await deps.tasks.open(tx, {
      facilityId,
      kind: 'NOTICE_BOUNCED',
      suggestion: 'CALL_VISITOR',
      subjectId: noticeId,
      visitId,
      visitorId,
      dueAt: new Date(deps.clock.now().getTime() + BOUNCE_DUE_MS),
    })
  }
  await deps.audit.append(tx, {
    facilityId,
    actor: SERVER,
    action: state === 'BOUNCED' ? 'notice.bounce' : 'notice.fail',
    object: { type: 'notice', objectId: noticeId, ...(visitId === null ? {} : { visitId }) },
    outcome: 'allow',
    detail: { failure },
  })
}
