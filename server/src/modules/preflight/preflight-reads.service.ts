import { Refusal } from '@visavis/contract/errors'
import { PreflightView } from '@visavis/contract/http'
import type { z } from 'zod'
import { requireFacility, requireReach } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { PreflightRepo, ResultRow } from './preflight.repo.ts'

type ViewInput = z.input<typeof PreflightView>

/** What staff read of tests: the newest of each side of a visit. */
export function createPreflightReads(repo: PreflightRepo) {
  return {
    async ofStretch(actor: AccountActor, { from, to }: { from: string; to: string }) {
      const reach = requireReach(actor)
      const startsAt = { gte: new Date(from), lt: new Date(to) }
      const within = 'facilityId' in reach ? reach : { facility: reach }
      return { preflights: viewsOf(await repo.newest({ startsAt, ...within })) }
    },
    async ofVisit(actor: AccountActor, visitId: string) {
      const visit = await repo.visit(visitId)
      if (!visit) throw new Refusal('VISIT_NOT_FOUND')
      requireFacility(actor, visit.facilityId, 'VISIT_NOT_FOUND')
      return { preflights: viewsOf(await repo.newest({ visitId })) }
    },
  }
}

export type PreflightReads = ReturnType<typeof createPreflightReads>

/** What was stored is the contract's; a row of another time that no longer fits is left out. */
function viewsOf(rows: readonly ResultRow[]): ViewInput[] {
  return rows.flatMap(({ madeAt, ...row }) => {
    const view = PreflightView.safeParse({ ...row, madeAt: madeAt.toISOString() })
    return view.success ? [view.data] : []
  })
}
