import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Notices } from '../notifications/index.ts'
import { bindRecovery, bindStaffAccounts } from './accounts.routes.ts'
import { createAddressService } from './address.service.ts'
import { createRecoveryService } from './recovery.service.ts'
import { createStaffAccountsRepo } from './staff-accounts.repo.ts'
import { createStaffAccountsService } from './staff-accounts.service.ts'

/** Accounts: the way back in, the address, and a facility's staff. */
export function addAccounts(ground: ModuleGround, { notices }: { notices: Notices }): void {
  const kit = { ...ground, notices }
  const recovery = createRecoveryService(kit)
  const address = createAddressService(kit)
  bindRecovery(ground.bind, ground.identity, { recovery, address })
  const repo = createStaffAccountsRepo(ground.db)
  bindStaffAccounts(ground.bind, createStaffAccountsService(kit, repo))
}
