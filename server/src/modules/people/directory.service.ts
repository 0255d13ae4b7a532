import { z } from 'zod'
import { Refusal } from '@visavis/contract/errors'
import type { RouteReply, routes } from '@visavis/contract/http'
import type { Tx } from '../../platform/transact.ts'
import { directoryRepo } from './directory.repo.ts'
import type { DirectoryPage } from './directory.repo.ts'
import { nonAssociationsRepo } from './non-associations.repo.ts'
import { badField, enter, facilityIdOf } from './people-kit.ts'
import type { Act, PeopleKit } from './people-kit.ts'
import { profileView } from './profile-view.ts'
import { profileRepo } from './profile.repo.ts'
import { requireVisitorOf } from './reach.ts'
import { relationshipsRepo } from './relationships.repo.ts'
import { restrictionsRepo } from './restrictions.repo.ts'
import { searchPatterns } from './search-rules.ts'
import { inmateRowView, relationshipView, restrictionView, visitorRowView } from './staff-view.ts'

type Search = {
  readonly query: string
  readonly limit: number
  readonly cursor?: string | undefined
}
type VisitorReply = RouteReply<typeof routes.visitor>
type InmateReply = RouteReply<typeof routes.inmate>

/** Use cases of the desk that looks people up. */
export type DirectoryService = ReturnType<typeof createDirectoryService>

export function createDirectoryService(kit: PeopleKit) {
  return {
    visitors: (act: Act, search: Search) =>
      kit.transact(async (tx) => {
        const rows = await directoryRepo.visitors(tx, pageOf(act, search))
        await enterSearch(tx, kit, { ...act, action: 'visitor.search', found: rows.length })
        return page(rows, search.limit, visitorRowView, ({ visitorId }) => visitorId)
      }),
    inmates: (act: Act, search: Search) =>
      kit.transact(async (tx) => {
        const rows = await directoryRepo.inmates(tx, pageOf(act, search))
        await enterSearch(tx, kit, { ...act, action: 'inmate.search', found: rows.length })
        return page(rows, search.limit, inmateRowView, ({ inmateId }) => inmateId)
      }),
    visitor: (act: Act, visitorId: string) =>
      kit.transact((tx) => visitorOf(tx, kit, { ...act, visitorId })),
    inmate: (act: Act, inmateId: string) =>
      kit.transact((tx) => inmateOf(tx, kit, { ...act, inmateId })),
  }
}

// One more than asked for tells whether there is more.
function pageOf({ actor }: Act, { query, limit, cursor }: Search): DirectoryPage {
  const isKnown = cursor === undefined || z.uuid().safeParse(cursor).success
  if (!isKnown) throw badField('cursor', 'Send the nextCursor of the page before.')
  const patterns = searchPatterns(query)
  return { facilityId: facilityIdOf(actor), patterns, cursor: cursor ?? null, take: limit + 1 }
}

function page<Row, View>(
  rows: readonly Row[],
  limit: number,
  ...[view, idOf]: [view: (row: Row) => View, idOf: (row: Row) => string]
): { items: View[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit
  return { items: shown.map(view), nextCursor: hasMore && last ? idOf(last) : null }
}

function enterSearch(
  tx: Tx,
  kit: PeopleKit,
  { action, found, ...act }: Act & { action: string; found: number },
): Promise<void> {
  const object = { type: 'facility', objectId: facilityIdOf(act.actor) }
  // What was typed is mostly somebody's name: it is not kept.
  return enter(tx, kit, { ...act, action, object, detail: { found } })
}

async function visitorOf(
  tx: Tx,
  kit: PeopleKit,
  { visitorId, ...act }: Act & { visitorId: string },
): Promise<VisitorReply> {
  const facilityId = facilityIdOf(act.actor)
  await requireVisitorOf(tx, facilityId, visitorId)
  const profile = await profileRepo.profile(tx, visitorId)
  if (profile === null) throw new Refusal('NOT_FOUND')
  const relationships = await relationshipsRepo.ofVisitorAt(tx, visitorId, facilityId)
  const restrictions = await restrictionsRepo.ofVisitorAt(tx, visitorId, facilityId)
  const object = { type: 'visitor', objectId: visitorId }
  await enter(tx, kit, { ...act, action: 'visitor.view', object })
  const now = kit.clock.now()
  return {
    visitor: profileView(profile),
    relationships: relationships.map((row) => relationshipView(row, now)),
    restrictions: restrictions.map(restrictionView),
  }
}

async function inmateOf(
  tx: Tx,
  kit: PeopleKit,
  { inmateId, ...act }: Act & { inmateId: string },
): Promise<InmateReply> {
  const inmate = await directoryRepo.inmateAt(tx, facilityIdOf(act.actor), inmateId)
  if (inmate === null) throw new Refusal('NOT_FOUND')
  const relationships = await relationshipsRepo.ofInmate(tx, inmateId)
  const restrictions = await restrictionsRepo.ofInmate(tx, inmateId)
  const nonAssociations = await apartFrom(tx, inmateId)
  const object = { type: 'inmate', objectId: inmateId }
  await enter(tx, kit, { ...act, action: 'inmate.view', object })
  const now = kit.clock.now()
  return {
    inmate: inmateRowView(inmate),
    version: inmate.version,
    relationships: relationships.map((row) => relationshipView(row, now)),
    restrictions: restrictions.map(restrictionView),
    nonAssociations,
  }
}

async function apartFrom(tx: Tx, personId: string): Promise<InmateReply['nonAssociations']> {
  const rows = await nonAssociationsRepo.liveOf(tx, personId)
  const others = rows.map(({ oneKind, oneId, otherKind, otherId, ...row }) => ({
    nonAssociationId: row.nonAssociationId,
    reason: row.reason,
    otherKind: oneId === personId ? otherKind : oneKind,
    otherId: oneId === personId ? otherId : oneId,
  }))
  const names = await nonAssociationsRepo.namesOf(
    tx,
    others.map(({ otherId }) => otherId),
  )
  return others.map((row) => ({ ...row, otherName: names.get(row.otherId) ?? '' }))
}
