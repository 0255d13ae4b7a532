import { Refusal } from '@visavis/contract/errors'
import { NoticeKind } from '@visavis/contract/http'
import type { RouteReply, noticeRoutes } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { InmateActor } from '../identity/index.ts'
import { terminalWordsOf } from './compose.ts'
import { NoticeDetails } from './notice-details.ts'
import type { TerminalNoticesRepo } from './terminal-notices.repo.ts'

type Deps = { readonly repo: TerminalNoticesRepo; readonly clock: Clock; readonly audit: Audit }
type AtTerminal = RouteReply<typeof noticeRoutes.terminalNotices>
type Act = { readonly actor: InmateActor; readonly requestId: string }

/** What the inmate is told at the terminal, and answers there. */
export type TerminalNotices = ReturnType<typeof createTerminalNotices>

export function createTerminalNotices(deps: Deps) {
  return {
    list: (actor: InmateActor): Promise<AtTerminal> => list(actor, deps),
    /** Reading twice is one reading. Throws `NOT_FOUND` for somebody else's (EL-2). */
    read: (tx: Tx, noticeId: string, act: Act) => read(tx, { noticeId, ...act }, deps),
    /** Once; again changes nothing. Throws `VISIT_NOT_FOUND` and `BOOKING_WRONG_STATE`. */
    acknowledge: (tx: Tx, visitId: string, act: Act) => acknowledge(tx, { visitId, ...act }, deps),
  }
}

async function list(actor: InmateActor, { repo, clock }: Deps): Promise<AtTerminal> {
  const rows = await repo.atTerminal(actor.inmateId, clock.now())
  const notices = rows.flatMap(({ noticeId, visitId, state, dueAt, ...row }) => {
    const kind = NoticeKind.parse(row.kind)
    const details = NoticeDetails.parse(row.details)
    const { language } = actor
    const words = terminalWordsOf({ kind, language, visitId, details, origin: '' })
    if (words === null) return []
    const isRead = state === 'READ'
    return [{ noticeId, kind, ...words, visitId, isRead, createdAt: dueAt.toISOString() }]
  })
  return { notices }
}

async function read(
  tx: Tx,
  { noticeId, actor, requestId }: Act & { noticeId: string },
  { repo, audit }: Deps,
): Promise<Record<string, never>> {
  const isFirst = await repo.read(tx, { noticeId, inmateId: actor.inmateId })
  if (isFirst === null) throw new Refusal('NOT_FOUND')
  if (isFirst) {
    await audit.append(tx, {
      facilityId: actor.facilityId,
      actor: auditActorOf(actor),
      action: 'notice.read',
      object: { type: 'notice', objectId: noticeId },
      outcome: 'allow',
      requestId,
    })
  }
  return {}
}

async function acknowledge(
  tx: Tx,
  { visitId, actor, requestId }: Act & { visitId: string },
  { repo, audit, clock }: Deps,
): Promise<Record<string, never>> {
  const visit = await repo.visitOf(tx, { visitId, inmateId: actor.inmateId })
  if (visit === null) throw new Refusal('VISIT_NOT_FOUND')
  if (visit.acknowledgedAt !== null) return {}
  if (!(await repo.acknowledge(tx, visitId, clock.now()))) throw new Refusal('BOOKING_WRONG_STATE')
  await audit.append(tx, {
    facilityId: actor.facilityId,
    actor: auditActorOf(actor),
    action: 'visit.acknowledge',
    object: { type: 'visit', objectId: visitId, visitId },
    outcome: 'allow',
    requestId,
  })
  return {}
}
