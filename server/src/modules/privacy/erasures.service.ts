import type { ErasureView, RouteReply, routes } from '@visavis/contract/http'
import { Refusal, panic } from '@visavis/contract/errors'
import { fullNameOf } from '@visavis/contract/person-names'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/transact.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { dueAtOf, erasureView } from './erasure-rules.ts'
import type { ErasureRow } from './erasure-rules.ts'
import { erasureRepo } from './erasure.repo.ts'
import type { PrivacyKit } from './privacy-kit.ts'

/** Who does something, in which request. */
type Act = { readonly actor: AccountActor; readonly requestId: string }
type Mine = { readonly erasure: ErasureView | null }
type Keeping = Act & { readonly erasureId: string; readonly reason: KeptReason }
type KeptReason = NonNullable<ErasureView['keptReason']>

/** Use cases of whoever wants to be erased, and of the staff who may have to keep. */
export type ErasuresService = ReturnType<typeof createErasuresService>

export function createErasuresService(kit: PrivacyKit) {
  return {
    mine: ({ actor }: Act): Promise<Mine> =>
      kit.transact((tx) => newest(tx, kit, visitorIdOf(actor))),
    /** Asking twice is asking once. */
    ask: (tx: Tx, act: Act): Promise<Mine> => ask(tx, kit, act),
    /** Refuses with NOT_FOUND where no wish is open. */
    withdraw: (tx: Tx, act: Act): Promise<Mine> => withdraw(tx, kit, act),
    list: (act: Act) => kit.transact((tx) => list(tx, kit, act)),
    /** Refuses with NOT_FOUND where nothing of that facility's law stands in the way, ALREADY_DECIDED. */
    keep: (tx: Tx, keeping: Keeping): Promise<Mine> => keep(tx, kit, keeping),
  }
}

function visitorIdOf({ visitorId }: AccountActor): string {
  return visitorId ?? panic('a visitor’s account without a visitor')
}

function facilityIdOf({ facilityId }: AccountActor): string {
  if (facilityId === null) throw new Refusal('FORBIDDEN')
  return facilityId
}

async function factsOf(tx: Tx, { clock }: PrivacyKit, visitorId: string) {
  const family = await erasureRepo.familyOf(tx, visitorId)
  return erasureRepo.facts(tx, family, clock.now())
}

async function newest(tx: Tx, kit: PrivacyKit, visitorId: string): Promise<Mine> {
  const row = await erasureRepo.newestOf(tx, visitorId)
  return { erasure: row && erasureView(row, await factsOf(tx, kit, visitorId)) }
}

async function ask(tx: Tx, kit: PrivacyKit, { actor, requestId }: Act): Promise<Mine> {
  const visitorId = visitorIdOf(actor)
  const askedAt = kit.clock.now()
  const erasureId = newId()
  const asked = { erasureId, visitorId, askedBy: actor.accountId, askedAt }
  if (await erasureRepo.add(tx, { ...asked, dueAt: dueAtOf(askedAt) })) {
    await enter(tx, kit, { actor, requestId, action: 'erasure.ask', erasureId, visitorId })
  }
  return newest(tx, kit, visitorId)
}

async function withdraw(tx: Tx, kit: PrivacyKit, { actor, requestId }: Act): Promise<Mine> {
  const visitorId = visitorIdOf(actor)
  const row = await erasureRepo.newestOf(tx, visitorId)
  const decided = { state: 'WITHDRAWN', decidedAt: kit.clock.now() } as const
  if (row === null || !(await erasureRepo.decide(tx, row.erasureId, decided))) {
    throw new Refusal('NOT_FOUND')
  }
  const { erasureId } = row
  await kit.tasks.close(tx, { ...taskOf(row), doneBy: null, resolution: 'WITHDRAWN' })
  await enter(tx, kit, { actor, requestId, action: 'erasure.withdraw', erasureId, visitorId })
  return newest(tx, kit, visitorId)
}

/** The task of a wish that the law stands in the way of. */
export function taskOf({ erasureId }: Pick<ErasureRow, 'erasureId'>) {
  return { kind: 'DECIDE_ERASURE', subjectId: erasureId } as const
}

async function list(
  tx: Tx,
  kit: PrivacyKit,
  { actor }: Act,
): Promise<RouteReply<typeof routes.erasures>> {
  const facilityId = facilityIdOf(actor)
  const erasures: RouteReply<typeof routes.erasures>['erasures'] = []
  for (const row of await erasureRepo.open(tx, kit.clock.now())) {
    const { obstacles } = await factsOf(tx, kit, row.visitorId)
    const ours = obstacles.filter((obstacle) => obstacle.facilityId === facilityId)
    if (ours.length === 0) continue
    const { erasureId, visitorId } = row
    erasures.push({
      ...{ erasureId, visitorId, displayName: fullNameOf(row.visitor) },
      askedAt: row.askedAt.toISOString(),
      obstacles: ours.map(({ kind }) => kind),
    })
  }
  return { erasures }
}

async function keep(tx: Tx, kit: PrivacyKit, keeping: Keeping): Promise<Mine> {
  const { actor, requestId, erasureId, reason } = keeping
  const facilityId = facilityIdOf(actor)
  const row = await erasureRepo.find(tx, erasureId)
  if (row === null) throw new Refusal('NOT_FOUND')
  const { visitorId } = row
  const { obstacles } = await factsOf(tx, kit, visitorId)
  if (!obstacles.some((obstacle) => obstacle.facilityId === facilityId)) {
    throw new Refusal('NOT_FOUND')
  }
  const decidedBy = actor.accountId
  const decided = { state: 'KEPT', decidedBy, decidedAt: kit.clock.now() } as const
  if (!(await erasureRepo.decide(tx, erasureId, { ...decided, keptReason: reason }))) {
    throw new Refusal('ALREADY_DECIDED')
  }
  await kit.tasks.close(tx, { ...taskOf(row), doneBy: decidedBy, resolution: 'KEPT' })
  const told = { actor, requestId, action: 'erasure.keep', erasureId, visitorId }
  await enter(tx, kit, { ...told, facilityId, detail: { reason } })
  return newest(tx, kit, visitorId)
}

type Entered = Act & {
  readonly action: string
  readonly erasureId: string
  readonly visitorId: string
  readonly facilityId?: string
  readonly detail?: Record<string, string>
}

function enter(
  tx: Tx,
  { audit }: PrivacyKit,
  { actor, requestId, action, erasureId, visitorId, facilityId, detail = {} }: Entered,
): Promise<void> {
  return audit.append(tx, {
    facilityId: facilityId ?? null,
    actor: auditActorOf(actor),
    ...{ action, requestId, outcome: 'allow' },
    object: { type: 'erasure', objectId: erasureId },
    detail: { visitorId, ...detail },
  })
}
