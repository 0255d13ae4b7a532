import type { Transact, Tx } from '../../platform/transact.ts'
import { SERVER } from '../audit/index.ts'
import type { Audit } from '../audit/index.ts'
import { openingEntries } from './ledger-rules.ts'
import type { Allowance } from './ledger-rules.ts'
import { openingRows, termsOf } from './ledger.service.ts'
import type { LedgerDeps } from './ledger.service.ts'
import type { Period } from './quota-period-rules.ts'

type Deps = LedgerDeps & { db: Tx; transact: Transact; audit: Audit }
type Round = {
  readonly facilityId: string
  readonly allowance: Allowance
  readonly period: Period
  readonly after: string
}

/** Before every id. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * BK-9. Opens the period of every inmate in custody for whom it is not opened yet; resolves with their
 * number. Safe to run twice, and at once with itself. The period of a time in which no server ran is not
 * made up for.
 */
export async function grantDue(deps: Deps): Promise<number> {
  let granted = 0
  for (const facilityId of await deps.repo.facilityIds(deps.db)) {
    granted += await grantFacility(facilityId, deps)
  }
  return granted
}

async function grantFacility(facilityId: string, deps: Deps): Promise<number> {
  const { allowance, period } = await termsOf(deps.db, facilityId, deps)
  if (allowance.visits === null) return 0
  let granted = 0
  let after = NOBODY
  for (;;) {
    const round: Round = { facilityId, allowance, period, after }
    const done = await deps.transact((tx) => grantRound(tx, round, deps))
    if (done.last === null) return granted
    granted += done.opened
    after = done.last
  }
}

/** Opens the period of the next few inmates. Their rows are locked first and summed after it. */
async function grantRound(
  tx: Tx,
  { facilityId, allowance, period, after }: Round,
  deps: Deps,
): Promise<{ opened: number; last: string | null }> {
  const inmateIds = await deps.repo.lockUnopened(tx, { facilityId, period: period.name, after })
  const accounts = await deps.repo.accounts(tx, inmateIds, period.name)
  const rows = accounts.flatMap(({ inmateId, ...account }) =>
    openingRows(inmateId, { entries: openingEntries(account, allowance), period }, deps),
  )
  const last = inmateIds.at(-1) ?? null
  if (rows.length === 0) return { opened: 0, last }
  await deps.repo.addQuota(tx, rows)
  const opened = new Set(rows.map(({ inmateId }) => inmateId)).size
  await deps.audit.append(tx, {
    facilityId,
    actor: SERVER,
    action: 'quota.grant',
    object: { type: 'facility', objectId: facilityId },
    outcome: 'allow',
    detail: { period: period.name, inmates: opened },
  })
  return { opened, last }
}
