import { DateTime } from 'luxon'
import { z } from 'zod'
import { Refusal } from '@visavis/contract/errors'
import type { RouteReply, noticeRoutes } from '@visavis/contract/http'
import { NoticeKind } from '@visavis/contract/http'
import type { Database } from '@visavis/prisma'
import { requireReach } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { Policy } from '../policy/index.ts'
import type { ListsRepo, NoticeFilter } from './lists.repo.ts'

type Deps = { readonly db: Database; readonly repo: ListsRepo; readonly policy: Policy }
type NoticePage = RouteReply<typeof noticeRoutes.notices>
type MovementList = RouteReply<typeof noticeRoutes.movements>

/** What staff read: who was told what, and who must be where. */
export type ListsService = ReturnType<typeof createListsService>

export function createListsService(deps: Deps) {
  return {
    notices: (
      actor: AccountActor,
      query: Pick<NoticeFilter, 'visitId' | 'state' | 'limit'> & { cursor?: string | undefined },
    ): Promise<NoticePage> => noticePage(deps, facilityOf(actor), query),
    movements: (
      actor: AccountActor,
      query: { date: string; wing?: string | undefined },
    ): Promise<MovementList> => movementList(deps, facilityOf(actor), query),
  }
}

function facilityOf(actor: AccountActor): string {
  const reach = requireReach(actor)
  if ('facilityId' in reach) return reach.facilityId
  throw new Refusal('FORBIDDEN')
}

async function noticePage(
  { repo }: Deps,
  facilityId: string,
  query: Pick<NoticeFilter, 'visitId' | 'state' | 'limit'> & { cursor?: string | undefined },
): Promise<NoticePage> {
  const { cursor, limit, ...filter } = query
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success) {
    const cure = 'Send the nextCursor of the page before.'
    throw new Refusal('BAD_REQUEST', { fields: [{ field: 'cursor', cure }] })
  }
  const rows = await repo.notices({ ...filter, facilityId, before: cursor, limit: limit + 1 })
  const items = rows.slice(0, limit).map(({ inmateId, ...row }) => ({
    ...row,
    kind: NoticeKind.parse(row.kind),
    toWhom: inmateId === null ? ('VISITOR' as const) : ('INMATE' as const),
    dueAt: row.dueAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? last.noticeId : null }
}

async function movementList(
  { db, repo, policy }: Deps,
  facilityId: string,
  { date, wing }: { date: string; wing?: string | undefined },
): Promise<MovementList> {
  const facility = await policy.ofFacility(db, facilityId)
  const { name, timeZone } = facility
  const day = DateTime.fromISO(date, { zone: timeZone }).startOf('day')
  const [from, to] = [day.toJSDate(), day.plus({ days: 1 }).toJSDate()]
  const visits = await repo.movements({ facilityId, from, to, wing })
  const needsEscort = facility.policy.usesEscorts
  const movements = visits.map(({ inmate, terminal, ...visit }) => ({
    visitId: visit.visitId,
    startsAt: visit.startsAt.toISOString(),
    endsAt: visit.endsAt.toISOString(),
    inmateId: inmate.inmateId,
    inmateNumber: inmate.inmateNumber,
    inmateName: `${inmate.familyName}, ${inmate.givenName}`,
    wing: inmate.wing,
    terminalName: terminal.name,
    terminalWing: terminal.wing,
    needsEscort,
    acknowledgedAt: visit.acknowledgedAt?.toISOString() ?? null,
  }))
  return { facility: { name, timeZone }, date, movements }
}
