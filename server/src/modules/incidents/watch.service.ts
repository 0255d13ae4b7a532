import { SERVER } from '../audit/index.ts'
import { headingView } from './incident-view.ts'
import { alarmsDue } from './incident-rules.ts'
import { enterIncident } from './incidents-parts.ts'
import type { IncidentsDeps } from './incidents-parts.ts'
import type { HeadingRow } from './incidents.repo.ts'

/** Raises the alarm of each clock that is soon or already over: each once, to everybody who can do something. */
export async function watchIncidents(deps: IncidentsDeps): Promise<void> {
  for (const row of await deps.repo.open()) await watchOne(row, deps)
}

async function watchOne(row: HeadingRow, deps: IncidentsDeps): Promise<void> {
  const { incidentId } = row
  const counts = await deps.people.counts(incidentId)
  const { authority, people } = headingView(row, counts, deps.clock.now())
  const clocks = { authority: authority.state, people: people.state }
  const dueAts: Readonly<Record<string, string>> = {
    authority: authority.dueAt,
    people: people.dueAt,
  }
  for (const alarm of alarmsDue(clocks, row.alarms)) {
    const [clock = '', state = ''] = alarm.split(':')
    await raise({ incidentId, alarm, clock, state, dueAt: dueAts[clock] ?? '' }, deps)
  }
}

type Alarm = {
  readonly incidentId: string
  readonly alarm: string
  readonly clock: string
  readonly state: string
  readonly dueAt: string
}

async function raise(alarm: Alarm, deps: IncidentsDeps): Promise<void> {
  const { incidentId, clock, state, dueAt } = alarm
  const isRaised = await deps.transact(async (tx) => {
    await deps.repo.lock(tx, incidentId)
    const row = await deps.repo.byId(incidentId, tx)
    if (row?.state !== 'OPEN' || row.alarms.includes(alarm.alarm)) return false
    await deps.repo.change(tx, incidentId, { alarms: { push: alarm.alarm } })
    const told = { actor: SERVER, action: 'incident.alarm', detail: { clock, state } }
    await enterIncident(tx, deps, { incidentId, ...told })
    for (const { accountId, login, language } of await deps.repo.administrators(
      tx,
      row.operatorId,
    )) {
      const dedupeKey = `${incidentId}/${alarm.alarm}/${accountId}`
      const to = { email: login, language }
      await deps.notices.queue(tx, { kind: 'INCIDENT_CLOCK', to, dedupeKey, details: { dueAt } })
    }
    return true
  })
  if (isRaised) deps.log.error({ incidentId, clock, state }, 'a clock of an incident')
}
