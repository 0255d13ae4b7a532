import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Policy } from '../policy/index.ts'
import { ledgerRepo } from './ledger.repo.ts'
import { bindLedgerRoutes } from './ledger.routes.ts'
import { createLedgerService } from './ledger.service.ts'
import type { LedgerService } from './ledger.service.ts'
import { grantDue } from './quota-grants.service.ts'

export {
  balanceOf,
  creditFor,
  opened,
  openingEntries,
  paymentFor,
  settlementOf,
} from './ledger-rules.ts'
export type { Account, Allowance, Entry, Payment, Settlement } from './ledger-rules.ts'
export { quotaView } from './ledger-view.ts'
export { accountSql } from './ledger.repo.ts'
export type { Quota, Settled } from './ledger.service.ts'

/** Quota and time credit (BK-9, LV-7). */
export type Ledger = LedgerService & {
  /** Opens the period of everybody for whom it is due; resolves with their number. */
  readonly grantDue: () => Promise<number>
}

/** A period begins at a local midnight somewhere in each hour; who is earlier is granted on demand. */
const EVERY_HOUR = '1 * * * *'

/** Puts the ledgers' route and job on the server. */
export function addLedger(ground: ModuleGround, { policy }: { policy: Policy }): Ledger {
  const deps = { ...ground, repo: ledgerRepo, policy }
  const service = createLedgerService(deps)
  bindLedgerRoutes(ground.bind, { ...deps, service })
  const grant = () => grantDue(deps)
  ground.jobs.handle('quota.grant', async () => {
    ground.log.info({ granted: await grant() }, 'quota granted')
  })
  ground.jobs.every('quota.grant', EVERY_HOUR)
  return { ...service, grantDue: grant }
}
