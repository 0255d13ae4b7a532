import { Refusal } from '@visavis/contract/errors'
import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { Tx } from '../../platform/transact.ts'
import { requireFacility } from '../identity/index.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { LedgerRepo } from './ledger.repo.ts'
import type { LedgerService } from './ledger.service.ts'
import { ledgerLines, quotaView } from './ledger-view.ts'

/** REST of the ledgers. */
export function bindLedgerRoutes(
  bind: BindRoute<ActorByAccess>,
  { db, repo, service }: { db: Tx; repo: LedgerRepo; service: LedgerService },
): void {
  bind(routes.quotaLedger, async ({ actor, params }) => {
    const inmate = await repo.facilityOf(db, params.inmateId)
    if (inmate === null) throw new Refusal('NOT_FOUND')
    requireFacility(actor, inmate.facilityId)
    const quota = quotaView(await service.quotaOf(db, params.inmateId))
    return { quota, entries: ledgerLines(await repo.entries(db, params.inmateId)) }
  })
}
