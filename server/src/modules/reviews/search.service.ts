import { Refusal } from '@visavis/contract/errors'
import { placeOf, readPlace } from '../../platform/cursor.ts'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { filterNames } from './search-rules.ts'
import type { RecordingSearch } from './search-rules.ts'
import { searchVisits } from './search.repo.ts'
import { recordedVisitView } from './visit-view.ts'
import type { RecordedVisitView } from './visit-view.ts'
import type { KeptVisit, KeptVisitsRepo } from './visits.repo.ts'

type Deps = {
  readonly visits: KeptVisitsRepo
  readonly transact: Transact
  readonly audit: Audit
}
type Asked = RecordingSearch & { readonly requestId: string }
type Page = { readonly items: RecordedVisitView[]; readonly nextCursor: string | null }

/** Finds recorded visits of the actor's facility; each search is entered in the log, without its words. */
export type Search = (actor: AccountActor, asked: Asked) => Promise<Page>

export function createSearch(deps: Deps): Search {
  return (actor, asked) => searchRecordings(actor, asked, deps)
}

async function searchRecordings(
  actor: AccountActor,
  { limit, cursor, requestId, ...filters }: Asked,
  { visits, transact, audit }: Deps,
): Promise<Page> {
  const { facilityId } = actor
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  const page = {
    ...{ ...filters, facilityId, take: limit + 1 },
    after: readPlace(cursor),
  }
  const found = await transact(async (tx) => {
    const rows = await visits.many(tx, await searchVisits(tx, page))
    await audit.append(tx, {
      facilityId,
      actor: auditActorOf(actor),
      action: 'recording.search',
      object: { type: 'facility', objectId: facilityId },
      outcome: 'allow',
      requestId,
      detail: { filters: filterNames(filters), visits: Math.min(rows.length, limit) },
    })
    return rows
  })
  const shown = found.slice(0, limit)
  return { items: shown.map(recordedVisitView), nextCursor: nextOf(shown, found.length) }
}

function nextOf(shown: readonly KeptVisit[], found: number): string | null {
  const last = shown.at(-1)
  if (!last || found <= shown.length) return null
  return placeOf({ at: last.startsAt, id: last.visitId })
}
