import type { ModuleGround } from '../../platform/module-ground.ts'
import { createChildrenService } from './children.service.ts'
import { createConsentsService } from './consents.service.ts'
import { createCorrectionDecisionsService } from './correction-decisions.service.ts'
import { createCorrectionsService } from './corrections.service.ts'
import { bindDeskRoutes } from './desk.routes.ts'
import { createDirectoryService } from './directory.service.ts'
import { createDocumentStore } from './document-store.ts'
import { createDocumentsService } from './documents.service.ts'
import { createNonAssociationsService } from './non-associations.service.ts'
import { createOverridesService } from './overrides.service.ts'
import type { PeopleUses } from './people-kit.ts'
import { createPersonalFiles } from './personal-file.ts'
import type { PersonalFiles } from './personal-file.ts'
import { createProfileService } from './profile.service.ts'
import { createRegistrationService } from './registration.service.ts'
import { createRelationshipsService } from './relationships.service.ts'
import { createRequestDecisionsService } from './request-decisions.service.ts'
import { createRequestsService } from './requests.service.ts'
import { createRestrictionsService } from './restrictions.service.ts'
import { createRevocationService } from './revocation.service.ts'
import { createTerminalRequestsService } from './terminal-requests.service.ts'
import { createSeatPictureService } from './seat-picture.service.ts'
import { createVerificationService } from './verification.service.ts'
import { bindVisitorRoutes } from './visitor.routes.ts'

/** Often enough that a picture which should be gone is gone within the hour or two. */
const EVERY_HOUR = '25 * * * *'

/** Puts on the server who people are, whom they may meet, and what stands in the way. */
export function addPeople(
  ground: ModuleGround,
  uses: PeopleUses,
): { readonly personalFiles: PersonalFiles } {
  const { config } = ground
  const store = createDocumentStore(config.documentsDir, config.documentKey)
  const kit = { ...ground, ...uses, store }
  const documents = createDocumentsService(kit)
  ground.jobs.handle('documents.sweep', () => documents.sweep())
  ground.jobs.every('documents.sweep', EVERY_HOUR)
  bindVisitorRoutes(kit, {
    documents,
    registration: createRegistrationService(kit),
    profile: createProfileService(kit),
    requests: createRequestsService(kit),
    terminal: createTerminalRequestsService(kit),
    corrections: createCorrectionsService(kit),
    children: createChildrenService(kit),
    consents: createConsentsService(kit),
  })
  bindDeskRoutes(ground.bind, {
    documents,
    seatPictures: createSeatPictureService(kit),
    directory: createDirectoryService(kit),
    verification: createVerificationService(kit),
    revocation: createRevocationService(kit),
    corrections: createCorrectionDecisionsService(kit),
    decisions: createRequestDecisionsService(kit),
    relationships: createRelationshipsService(kit),
    restrictions: createRestrictionsService(kit),
    overrides: createOverridesService(kit),
    nonAssociations: createNonAssociationsService(kit),
  })
  return { personalFiles: createPersonalFiles(kit) }
}
