import { Refusal } from '@visavis/contract/errors'
import type { IncidentHeading, IncidentView, RouteBody, routes } from '@visavis/contract/http'
import { newId } from '../../platform/ids.ts'
import type { Once } from '../../platform/once.ts'
import type { Tx } from '../../platform/transact.ts'
import { auditActorOf } from '../identity/index.ts'
import type { AccountActor } from '../identity/index.ts'
import { headingView, incidentView } from './incident-view.ts'
import { dueDates } from './incident-rules.ts'
import { enterIncident, openIncidentOf, operatorOf } from './incidents-parts.ts'
import type { IncidentAct, IncidentsDeps } from './incidents-parts.ts'

export type IncidentCall = IncidentAct & { readonly once: Once }
type Opening = RouteBody<typeof routes.openIncident>
type Reworking = RouteBody<typeof routes.workOutIncident>

/** Incidents: opened, worked out, noted and told to the authority. */
export type Incidents = ReturnType<typeof createIncidents>

export function createIncidents(deps: IncidentsDeps) {
  return {
    list: (act: IncidentAct) => list(act, deps),
    read: (incidentId: string, act: IncidentAct): Promise<IncidentView> =>
      deps.transact(async (tx) => {
        const view = await viewOf(tx, { incidentId, actor: act.actor }, deps)
        await enter(tx, { incidentId, action: 'incident.read', ...act }, deps)
        return view
      }),
    open: (given: Opening, { once, ...act }: IncidentCall): Promise<IncidentView> =>
      once((tx) => open(tx, { given, ...act }, deps)),
    workOut: (incidentId: string, given: Reworking, { once, ...act }: IncidentCall) =>
      once((tx) => workOutAnew(tx, { incidentId, given, ...act }, deps)),
    note: (incidentId: string, text: string, { once, ...act }: IncidentCall) =>
      once(async (tx) => {
        await openIncidentOf(tx, { incidentId, ...act }, deps)
        const written = { at: deps.clock.now(), writtenBy: act.actor.accountId, text }
        await deps.repo.note(tx, { noteId: newId(), incidentId, ...written })
        await enter(tx, { incidentId, action: 'incident.note', ...act }, deps)
        return viewOf(tx, { incidentId, actor: act.actor }, deps)
      }),
    authorityTold: (incidentId: string, reference: string, { once, ...act }: IncidentCall) =>
      once(async (tx) => {
        const row = await openIncidentOf(tx, { incidentId, ...act }, deps)
        if (row.authorityToldAt !== null) throw new Refusal('ALREADY_DECIDED')
        const authorityToldAt = deps.clock.now()
        await deps.repo.change(tx, incidentId, { authorityToldAt, authorityReference: reference })
        await enter(tx, { incidentId, action: 'incident.authorityTold', ...act }, deps)
        return viewOf(tx, { incidentId, actor: act.actor }, deps)
      }),
  }
}

async function list(
  { actor }: IncidentAct,
  { repo, people, clock }: IncidentsDeps,
): Promise<{ incidents: IncidentHeading[]; facilities: IncidentView['facilities'] }> {
  const operatorId = operatorOf(actor)
  const now = clock.now()
  const incidents: IncidentHeading[] = []
  for (const row of await repo.list(operatorId)) {
    incidents.push(headingView(row, await people.counts(row.incidentId), now))
  }
  return { incidents, facilities: await repo.facilities(operatorId) }
}

/** An incident as it stands in the transaction; everybody else's is NOT_FOUND. */
export async function viewOf(
  tx: Tx,
  { incidentId, actor }: { incidentId: string; actor: AccountActor },
  { repo, people, identity, clock }: IncidentsDeps,
): Promise<IncidentView> {
  const operatorId = operatorOf(actor)
  const row = await repo.find(incidentId, operatorId, tx)
  if (row === null) throw new Refusal('NOT_FOUND')
  const accounts: IncidentView['accounts'] = []
  for (const accountId of row.accountIds) {
    const account = await identity.parts.repo.accountById(accountId, tx)
    if (account !== null) accounts.push({ accountId, login: account.login })
  }
  const seen = {
    ...{ row, accounts, facilities: await repo.facilities(operatorId, tx) },
    counts: await people.counts(incidentId, tx),
    reasons: await people.reasons(incidentId, tx),
  }
  return incidentView(seen, actor, clock.now())
}

function enter(
  tx: Tx,
  { incidentId, action, actor, requestId }: IncidentAct & { incidentId: string; action: string },
  deps: IncidentsDeps,
): Promise<void> {
  return enterIncident(tx, deps, { incidentId, action, requestId, actor: auditActorOf(actor) })
}

async function open(
  tx: Tx,
  { given, actor, requestId }: IncidentAct & { given: Opening },
  deps: IncidentsDeps,
): Promise<IncidentView> {
  const { repo, jobs, clock } = deps
  const { title, description, systems, logins = [], facilityIds } = given
  const operatorId = operatorOf(actor)
  const own = (await repo.facilities(operatorId, tx)).map(({ facilityId }) => facilityId)
  if (facilityIds.some((facilityId) => !own.includes(facilityId))) throw new Refusal('NOT_FOUND')
  const accountIds = await accountsOf({ logins, operatorId, own }, deps)
  const incidentId = newId()
  const discoveredAt = new Date(given.discoveredAt)
  await repo.add(tx, {
    ...{ incidentId, operatorId, title, description, discoveredAt, ...dueDates(discoveredAt) },
    ...{ fromAt: new Date(given.fromAt), toAt: new Date(given.toAt), accountIds },
    ...{ systems: [...new Set(systems)], facilityIds: [...new Set(facilityIds)] },
    ...{ openedBy: actor.accountId, openedAt: clock.now() },
  })
  await jobs.send(tx, 'incidents.workOut', { incidentId }, { singletonKey: incidentId })
  const detail = { systems: [...systems], accounts: accountIds, facilities: [...facilityIds] }
  const told = { actor: auditActorOf(actor), action: 'incident.open', requestId, detail }
  await enterIncident(tx, deps, { incidentId, ...told })
  return viewOf(tx, { incidentId, actor }, deps)
}

type Sought = {
  readonly logins: readonly string[]
  readonly operatorId: string
  readonly own: readonly string[]
}

/** The accounts of those logins: of visitors, or of staff that the operator answers for. Refuses NOT_FOUND, naming the login. */
async function accountsOf(
  { logins, operatorId, own }: Sought,
  { identity }: IncidentsDeps,
): Promise<string[]> {
  const accountIds: string[] = []
  for (const login of new Set(logins)) {
    const account = await identity.parts.repo.accountByLogin(login)
    const isOwn =
      account?.role === 'visitor' ||
      account?.operatorId === operatorId ||
      own.includes(account?.facilityId ?? '')
    if (!account || !isOwn) {
      const cure = 'Nobody that you answer for has this sign-in.'
      throw new Refusal('NOT_FOUND', { fields: [{ field: 'logins', cure }] })
    }
    accountIds.push(account.accountId)
  }
  return accountIds
}

async function workOutAnew(
  tx: Tx,
  { incidentId, given, ...act }: IncidentAct & { incidentId: string; given: Reworking },
  deps: IncidentsDeps,
): Promise<IncidentView> {
  const row = await openIncidentOf(tx, { incidentId, ...act }, deps)
  if (row.version !== given.version) throw new Refusal('VERSION_CHANGED')
  if (row.lettersOrderedAt !== null) throw new Refusal('ALREADY_DECIDED')
  const systems = [...new Set(given.systems)]
  if (systems.length + row.accountIds.length === 0) {
    const cure = 'Say what may have been read.'
    throw new Refusal('BAD_REQUEST', { fields: [{ field: 'systems', cure }] })
  }
  const [fromAt, toAt] = [new Date(given.fromAt), new Date(given.toAt)]
  await deps.repo.change(tx, incidentId, {
    ...{ fromAt, toAt, systems, workState: 'WAITING' },
    ...{ workedOutAt: null, workMs: null, entriesRead: null },
  })
  // Another key than the job of before, which may be running: that one leaves it alone.
  const singletonKey = `${incidentId}/${row.version + 1}`
  await deps.jobs.send(tx, 'incidents.workOut', { incidentId }, { singletonKey })
  const detail = { systems, from: given.fromAt, to: given.toAt }
  const { actor, requestId } = act
  const told = { actor: auditActorOf(actor), action: 'incident.change', requestId, detail }
  await enterIncident(tx, deps, { incidentId, ...told })
  return viewOf(tx, { incidentId, actor }, deps)
}
