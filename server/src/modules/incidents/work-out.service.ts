import { SERVER } from '../audit/index.ts'
import { enterIncident } from './incidents-parts.ts'
import type { IncidentsDeps } from './incidents-parts.ts'

/**
 * Works out who may be affected, in a job: safe to run twice, and again when the incident was changed meanwhile.
 * Once letters are ordered, the list stays as it is.
 */
export async function workOutIncident(incidentId: string, deps: IncidentsDeps): Promise<void> {
  const { repo, affected, clock, log } = deps
  const row = await repo.byId(incidentId)
  const isWaiting = row?.state === 'OPEN' && row.workState === 'WAITING'
  if (!isWaiting || row.lettersOrderedAt !== null) return
  const beganMs = performance.now()
  const entriesRead = await affected.workOut(row)
  const workMs = Math.round(performance.now() - beganMs)
  const people = await deps.transact(async (tx) => {
    await repo.lock(tx, incidentId)
    const now = await repo.byId(incidentId, tx)
    // Changed meanwhile: its own job works it out.
    if (now?.version !== row.version) return null
    const done = { workState: 'DONE', workedOutAt: clock.now(), workMs, entriesRead } as const
    await repo.change(tx, incidentId, done)
    const counts = await deps.people.counts(incidentId, tx)
    const found = counts.reduce((sum, count) => sum + count.people, 0)
    const detail = { people: found, entries: Number(entriesRead), ms: workMs }
    const told = { actor: SERVER, action: 'incident.workOut', detail }
    await enterIncident(tx, deps, { incidentId, ...told })
    return found
  })
  log.info({ incidentId, people, workMs }, 'affected people worked out')
}
