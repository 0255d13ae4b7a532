import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { Closing } from './closing.service.ts'
import type { Incidents } from './incidents.service.ts'
import type { IncidentsDeps } from './incidents-parts.ts'
import type { IncidentLetters } from './letters.service.ts'
import { incidentReport } from './report.service.ts'

/** A page of letters and a report each take a second of a core. */
const PAPERS_PER_MINUTE = 20

type Services = {
  readonly incidents: Incidents
  readonly letters: IncidentLetters
  readonly closing: Closing
}

/** Puts the routes of incidents on the server. */
export function bindIncidentRoutes(
  bind: BindRoute<ActorByAccess>,
  { incidents, letters, closing }: Services,
  deps: IncidentsDeps,
): void {
  bind(routes.incidents, (call) => incidents.list(call))
  bind(routes.openIncident, ({ body, ...call }) => incidents.open(body, call))
  bind(routes.incident, ({ params, ...call }) => incidents.read(params.incidentId, call))
  bind(routes.workOutIncident, ({ params, body, ...call }) =>
    incidents.workOut(params.incidentId, body, call),
  )
  bind(routes.noteIncident, ({ params, body, ...call }) =>
    incidents.note(params.incidentId, body.text, call),
  )
  bind(routes.authorityTold, ({ params, body, ...call }) =>
    incidents.authorityTold(params.incidentId, body.reference, call),
  )
  bind(routes.askIncidentClosing, ({ params, body, ...call }) =>
    closing.ask(params.incidentId, body, call),
  )
  bind(routes.decideIncidentClosing, ({ params, body, ...call }) =>
    closing.decide(params.incidentId, body, call),
  )
  bindLetters(bind, letters)
  bindReport(bind, deps)
}

function bindLetters(bind: BindRoute<ActorByAccess>, letters: IncidentLetters): void {
  bind(routes.incidentLetters, ({ params, ...call }) => letters.templates(params.incidentId, call))
  bind(routes.sendIncidentLetters, ({ params, body, ...call }) =>
    letters.send(params.incidentId, body.letters, call),
  )
  bind(routes.incidentPapers, ({ params, ...call }) => letters.papers(params.incidentId, call))
  bind(routes.lettersPrinted, ({ params, ...call }) => letters.printed(params.incidentId, call))
  bind(
    routes.printIncidentLetters,
    async ({ params, reply, ...call }) => {
      const paper = await letters.print(params.incidentId, call)
      return reply
        .type('application/pdf')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="letters.pdf"')
        .send(paper)
    },
    { triesPerMinute: PAPERS_PER_MINUTE },
  )
}

function bindReport(bind: BindRoute<ActorByAccess>, deps: IncidentsDeps): void {
  bind(
    routes.incidentReport,
    async ({ params: { incidentId }, reply, ...call }) => {
      const report = await incidentReport(incidentId, call, deps)
      return reply
        .type('application/zip')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="incident-${incidentId}.zip"`)
        .send(report)
    },
    { triesPerMinute: PAPERS_PER_MINUTE },
  )
}
