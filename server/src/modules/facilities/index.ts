import type { Clock } from '@visavis/platform/clock'
import type { Database } from '@visavis/prisma'
import type { BindRoute } from '../../platform/bind-route.ts'
import { createTransact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { ActorByAccess, Identity } from '../identity/index.ts'
import { enrolmentRepo } from './enrolment.repo.ts'
import { createEnrolmentService } from './enrolment.service.ts'
import { createFacilitiesRepo } from './facilities.repo.ts'
import { bindFacilitiesRoutes } from './facilities.routes.ts'
import { createTerminalsService } from './terminals.service.ts'

/** Puts the facilities module's routes on the server. */
export function addFacilities(
  bind: BindRoute<ActorByAccess>,
  given: { db: Database; audit: Audit; clock: Clock; identity: Identity },
): void {
  const { audit, clock, identity } = given
  const repo = createFacilitiesRepo(given.db)
  const transact = createTransact(given.db)
  const { devices, deviceProofs: proofs, needsCertificate } = identity.parts
  bindFacilitiesRoutes(bind, {
    identity,
    facilities: repo.facilities,
    terminals: createTerminalsService({ repo, clock }),
    enrolment: createEnrolmentService({
      ...{ repo, codes: enrolmentRepo, audit, clock, transact },
      ...{ devices, proofs, needsCertificate },
    }),
  })
}
