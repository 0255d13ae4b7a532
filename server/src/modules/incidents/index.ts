import { panic } from '@visavis/contract/errors'
import type { ModuleGround } from '../../platform/module-ground.ts'
import { signingKeyOf, withPublicKey } from '../../platform/signing-key.ts'
import type { Notices } from '../notifications/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { createAffectedRepo } from './affected.repo.ts'
import { createClosing } from './closing.service.ts'
import { createIncidentsRepo } from './incidents.repo.ts'
import { bindIncidentRoutes } from './incidents.routes.ts'
import { createIncidents } from './incidents.service.ts'
import type { IncidentsDeps } from './incidents-parts.ts'
import { createIncidentLetters, tellPeople } from './letters.service.ts'
import { createToldPeopleRepo } from './told-people.repo.ts'
import { watchIncidents } from './watch.service.ts'
import { workOutIncident } from './work-out.service.ts'

const EVERY_HOUR = '7 * * * *'

/** Puts incidents on the server: who is affected, who is told, and until when. */
export function addIncidents(
  ground: ModuleGround,
  given: { readonly tasks: Tasks; readonly notices: Pick<Notices, 'queue'> },
): void {
  const { db, config, jobs } = ground
  const deps: IncidentsDeps = {
    ...ground,
    ...given,
    repo: createIncidentsRepo(db),
    affected: createAffectedRepo(db),
    people: createToldPeopleRepo(db),
    key: withPublicKey(signingKeyOf(config.certificateKey) ?? panic('no key of reports')),
    issuer: config.publicOrigin,
    log: ground.log.child({ module: 'incidents' }),
  }
  const incidents = createIncidents(deps)
  const services = { incidents, letters: createIncidentLetters(deps), closing: createClosing(deps) }
  bindIncidentRoutes(ground.bind, services, deps)
  type Which = { readonly incidentId: string }
  jobs.handle('incidents.workOut', ({ incidentId }: Which) => workOutIncident(incidentId, deps))
  jobs.handle('incidents.letters', ({ incidentId }: Which) => tellPeople(incidentId, deps))
  jobs.handle('incidents.watch', () => watchIncidents(deps))
  jobs.every('incidents.watch', EVERY_HOUR)
}
