import { routes } from '@visavis/contract/http'
import type { BindRoute } from '../../platform/bind-route.ts'
import type { ActorByAccess } from '../identity/index.ts'
import type { FlagsService } from './flags.service.ts'
import { shiftReportPdf } from './shift-report-pdf.ts'
import type { ShiftService } from './shift.service.ts'
import type { WatchingService } from './watching.service.ts'

/** A page of paper takes a second of the server's time. */
const PAPERS_PER_MINUTE = 20

type Services = {
  readonly watching: WatchingService
  readonly shifts: ShiftService
  readonly flags: FlagsService
}

/** Puts the routes of oversight on the server (OV-6, OV-7). */
export function bindOversightRoutes(
  bind: BindRoute<ActorByAccess>,
  { watching, shifts, flags }: Services,
): void {
  bind(routes.watching, ({ actor }) => watching.watching(actor))
  bind(routes.officers, ({ actor }) => watching.officers(actor))
  bind(routes.setShiftLeader, ({ actor, requestId, params, body, once }) =>
    once((tx) => watching.setShiftLeader(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.flagReviews, ({ actor, query }) => flags.list(actor, query))
  bind(routes.reviewFlag, ({ actor, requestId, params, body, once }) =>
    once((tx) => flags.review(tx, { actor, requestId, ...params, ...body })),
  )
  bindShiftRoutes(bind, shifts)
}

function bindShiftRoutes(bind: BindRoute<ActorByAccess>, shifts: ShiftService): void {
  bind(routes.shift, ({ actor, query }) => shifts.figures(actor, query))
  bind(routes.shiftReports, ({ actor }) => shifts.reports(actor))
  bind(routes.writeShiftReport, ({ actor, requestId, body, once }) =>
    once((tx) => shifts.write(tx, { actor, requestId, ...body })),
  )
  bind(routes.shiftReport, ({ actor, params }) => shifts.report(actor, params.reportId))
  bind(
    routes.shiftReportPdf,
    async ({ actor, params: { reportId }, query: { language }, reply }) => {
      const { figures, ...report } = await shifts.report(actor, reportId)
      const visits = figures.visits.length
      const bytes = await shiftReportPdf({ ...report, figures, visits }, language)
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="shift-${reportId}.pdf"`)
        .header('cache-control', 'no-store')
        .send(bytes)
    },
    { triesPerMinute: PAPERS_PER_MINUTE },
  )
}
