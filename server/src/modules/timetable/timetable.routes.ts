import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { BlackoutsService } from './blackouts.service.ts'
import type { TemplatesService } from './templates.service.ts'
import type { WeekService } from './week.service.ts'

/** REST of the timetable. */
export function bindTimetableRoutes(
  bind: BindRoute<ActorByAccess>,
  services: { week: WeekService; templates: TemplatesService; blackouts: BlackoutsService },
): void {
  const { week, templates, blackouts } = services
  bind(routes.timetable, ({ actor, query }) => week.weekOf(actor, query.weekOf))
  bind(routes.previewTemplate, ({ actor, body }) => templates.preview(actor, body))
  bind(routes.addTemplate, ({ actor, body: template, once, requestId }) =>
    once((tx) => templates.add(tx, { actor, requestId, template })),
  )
  bind(routes.changeTemplate, ({ actor, params, body, once, requestId }) =>
    once((tx) => templates.change(tx, { actor, requestId, ...params, body })),
  )
  bind(routes.previewBlackout, ({ actor, body }) => blackouts.preview(actor, body))
  bind(routes.addBlackout, ({ actor, body, once, requestId }) =>
    once((tx) => blackouts.add(tx, { actor, requestId, body })),
  )
  bind(routes.liftBlackout, ({ actor, params, once, requestId }) =>
    once((tx) => blackouts.lift(tx, { actor, requestId, ...params })),
  )
}
