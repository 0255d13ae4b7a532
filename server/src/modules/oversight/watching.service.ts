import { Refusal } from '@visavis/contract/errors'
import type { WatchingView } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import { DateTime } from 'luxon'
import type { z } from 'zod'
import type { Tx } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import type { FacilityRules } from '../policy/index.ts'
import { facilityOf } from './shift.service.ts'
import type { ShiftService } from './shift.service.ts'
import type { WatchingRepo } from './watching.repo.ts'

/** When a wall's page was last heard of, by the wall's connection; null: this server does not know it. */
export type HeardOf = (observerId: string) => Date | null

type Deps = {
  readonly repo: WatchingRepo
  readonly shifts: Pick<ShiftService, 'figures'>
  readonly rulesOf: (facilityId: string) => Promise<Pick<FacilityRules, 'timeZone' | 'policy'>>
  readonly audit: Audit
  readonly clock: Clock
  readonly heardOf: HeardOf
}
type View = z.input<typeof WatchingView>
type OpenRow = Awaited<ReturnType<WatchingRepo['open']>>[number]

/** Who watches what, for those who answer for it (OV-7). */
export type WatchingService = ReturnType<typeof createWatchingService>

export function createWatchingService(deps: Deps) {
  const { repo, audit } = deps
  return {
    watching: (actor: AccountActor): Promise<View> => viewOf(deps, actor),
    officers: async (actor: AccountActor) => ({
      officers: await repo.officers(facilityOf(actor)),
    }),
    async setShiftLeader(
      tx: Tx,
      given: { actor: AccountActor; requestId: string; officerId: string; isShiftLeader: boolean },
    ) {
      const { actor, officerId, isShiftLeader, requestId } = given
      const facilityId = facilityOf(actor)
      const isStored = await repo.setShiftLeader(tx, { officerId, facilityId }, isShiftLeader)
      if (!isStored) throw new Refusal('NOT_FOUND')
      await audit.append(tx, {
        ...{ facilityId, actor: auditActorOf(actor), action: 'officer.setShiftLeader', requestId },
        object: { type: 'officer', objectId: officerId },
        outcome: 'allow',
        detail: { isShiftLeader },
      })
      return { officerId, isShiftLeader }
    },
  }
}

async function viewOf(deps: Deps, actor: AccountActor): Promise<View> {
  const { repo, clock } = deps
  await requireLeader(deps, actor)
  const facilityId = facilityOf(actor)
  const { timeZone, policy } = await deps.rulesOf(facilityId)
  const now = clock.now()
  const day = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day')
  const span = { from: iso(day), to: iso(day.plus({ days: 1 })) }
  const [open, underWay, { coverage }] = await Promise.all([
    repo.open(facilityId),
    repo.underWay(facilityId),
    deps.shifts.figures(actor, span),
  ])
  const onScreen = new Set(open.map(({ visitId }) => visitId))
  const must = underWay.filter(
    ({ visitClass: of }) => of !== 'privileged' && policy.coverage[of].mustBeWatched,
  )
  const unwatched = must.filter(({ unwatchedSince }) => unwatchedSince !== null)
  return {
    at: now.toISOString(),
    officers: officersOf(open, deps.heardOf),
    unwatched: unwatched.map(({ visitId, terminal, unwatchedSince }) => ({
      ...{ visitId, terminalName: terminal.name, wing: terminal.wing },
      since: (unwatchedSince ?? now).toISOString(),
    })),
    now: {
      underWay: underWay.length,
      watched: underWay.filter(({ visitId }) => onScreen.has(visitId)).length,
      must: must.length,
      mustWatched: must.length - unwatched.length,
    },
    today: coverage,
  }
}

function iso(instant: DateTime): string {
  return instant.toUTC().toJSDate().toISOString()
}

/** TR-3: what one officer watches is nothing to another. */
async function requireLeader({ repo }: Deps, { role, officerId }: AccountActor): Promise<void> {
  if (role === 'facilityAdmin') return
  const isLeader = officerId !== null && (await repo.isShiftLeader(officerId))
  if (!isLeader) throw new Refusal('FORBIDDEN')
}

function officersOf(open: readonly OpenRow[], heardOf: HeardOf): View['officers'] {
  const accountIds = [...new Set(open.map(({ accountId }) => accountId))]
  return accountIds.map((accountId) => {
    const own = open.filter((row) => row.accountId === accountId)
    const heard = own.flatMap(({ observerId }) => heardOf(observerId)?.getTime() ?? [])
    return {
      accountId,
      name: own[0]?.name ?? '',
      heardAt: heard.length > 0 ? new Date(Math.max(...heard)).toISOString() : null,
      visits: visitsOf(own),
    }
  })
}

function visitsOf(own: readonly OpenRow[]): View['officers'][number]['visits'] {
  return [...new Set(own.map(({ visitId }) => visitId))].map((visitId) => {
    const rows = own.filter((row) => row.visitId === visitId)
    return {
      visitId,
      terminalName: rows[0]?.terminalName ?? '',
      kinds: rows.map(({ kind, beganAt }) => ({ kind, beganAt: beganAt.toISOString() })),
    }
  })
}
