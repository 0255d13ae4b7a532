import { routes } from '@visavis/contract/http'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { PreflightReads } from './preflight-reads.service.ts'
import type { TerminalChecks } from './terminal-checks.service.ts'

/** REST of tests: what staff read, and what a terminal owes. */
export function bindPreflightRoutes(
  bind: ModuleGround['bind'],
  { reads, checks }: { readonly reads: PreflightReads; readonly checks: TerminalChecks },
): void {
  bind(routes.preflights, ({ actor, query }) => reads.ofStretch(actor, query))
  bind(routes.visitPreflights, ({ actor, params }) => reads.ofVisit(actor, params.visitId))
  bind(routes.terminalPreflight, async ({ actor }) => ({ due: await checks.due(actor) }))
}
