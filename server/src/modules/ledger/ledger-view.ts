import type { QuotaView } from '@visavis/contract/http'
import type { z } from 'zod'
import type { LedgerRepo } from './ledger.repo.ts'
import type { Quota } from './ledger.service.ts'

/** What is left, in the form of the wire. */
export function quotaView({ left, renewsAt, creditMs }: Quota): z.input<typeof QuotaView> {
  return { left, renewsAt: renewsAt?.toISOString() ?? null, creditMs }
}

type Rows = Awaited<ReturnType<LedgerRepo['entries']>>

/** The entries of both ledgers in one list, the newest first. */
export function ledgerLines({ quota, credit }: Rows) {
  const visits = quota.map(({ units, ...entry }) =>
    lineOf({ ...entry, unit: 'VISIT', amount: units }),
  )
  const time = credit.map(({ ms, ...entry }) =>
    lineOf({ ...entry, unit: 'MS', amount: ms, period: null }),
  )
  return [...visits, ...time].toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

type Line = Pick<Rows['quota'][number], 'kind' | 'visitId' | 'period' | 'reason' | 'createdAt'> & {
  unit: 'VISIT' | 'MS'
  amount: number
}

function lineOf({ unit, kind, amount, visitId, period, reason, createdAt }: Line) {
  return { unit, kind, amount, visitId, period, reason, createdAt: createdAt.toISOString() }
}
