import { routes } from '@visavis/contract/http'
import type { CorrectionDecisionsService } from './correction-decisions.service.ts'
import type { DirectoryService } from './directory.service.ts'
import type { DocumentsService } from './documents.service.ts'
import type { SeatPictureService } from './seat-picture.service.ts'
import type { NonAssociationsService } from './non-associations.service.ts'
import type { OverridesService } from './overrides.service.ts'
import type { PeopleKit } from './people-kit.ts'
import type { RelationshipsService } from './relationships.service.ts'
import type { RequestDecisionsService } from './request-decisions.service.ts'
import type { RestrictionsService } from './restrictions.service.ts'
import type { RevocationService } from './revocation.service.ts'
import type { VerificationService } from './verification.service.ts'

/** The services behind the routes of the desk. */
export type DeskServices = {
  readonly directory: DirectoryService
  readonly documents: DocumentsService
  readonly seatPictures: SeatPictureService
  readonly verification: VerificationService
  readonly revocation: RevocationService
  readonly corrections: CorrectionDecisionsService
  readonly decisions: RequestDecisionsService
  readonly relationships: RelationshipsService
  readonly restrictions: RestrictionsService
  readonly overrides: OverridesService
  readonly nonAssociations: NonAssociationsService
}
type Bind = PeopleKit['bind']

/** REST of the staff who decide about people. */
export function bindDeskRoutes(bind: Bind, services: DeskServices): void {
  bindDirectory(bind, services)
  bindVerification(bind, services)
  bindIdentity(bind, services)
  bindRelationships(bind, services)
  bindRestrictions(bind, services)
  bindNonAssociations(bind, services)
}

function bindDirectory(bind: Bind, { directory, documents, seatPictures }: DeskServices): void {
  bind(routes.searchVisitors, ({ actor, requestId, body }) =>
    directory.visitors({ actor, requestId }, body),
  )
  bind(routes.searchInmates, ({ actor, requestId, body }) =>
    directory.inmates({ actor, requestId }, body),
  )
  bind(routes.visitor, ({ actor, requestId, params }) =>
    directory.visitor({ actor, requestId }, params.visitorId),
  )
  bind(routes.inmate, ({ actor, requestId, params }) =>
    directory.inmate({ actor, requestId }, params.inmateId),
  )
  bind(routes.documentPicture, async ({ actor, requestId, params, reply }) => {
    const { bytes, mimeType } = await documents.picture({ actor, requestId }, params)
    return reply.type(mimeType).header('content-disposition', 'inline').send(bytes)
  })
  bind(routes.seatPicture, async ({ actor, requestId, params, reply }) => {
    const { bytes, mimeType } = await seatPictures.picture({ actor, requestId }, params)
    return reply.type(mimeType).header('content-disposition', 'inline').send(bytes)
  })
}

function bindVerification(bind: Bind, { verification, documents }: DeskServices): void {
  bind(routes.decideVisitor, async ({ actor, requestId, params, body, once }) => {
    const { visitorId } = params
    const deciding = { actor, requestId, visitorId, decision: body }
    const reply = await once((tx) => verification.decideVisitor(tx, deciding))
    // Also when the answer was known: the first try may have ended between its commit and this.
    await documents.destroyRemoved(visitorId)
    return reply
  })
  bind(routes.decideProfessional, ({ actor, requestId, params, body, once }) => {
    const deciding = { actor, requestId, visitorId: params.visitorId, decision: body }
    return once((tx) => verification.decideProfessional(tx, deciding))
  })
}

function bindIdentity(bind: Bind, { corrections, revocation, documents }: DeskServices): void {
  bind(routes.correction, ({ actor, requestId, params }) =>
    corrections.view({ actor, requestId }, params.visitorId),
  )
  bind(routes.decideCorrection, ({ actor, requestId, params, body, once }) =>
    once((tx) => corrections.decide(tx, { actor, requestId, ...params, decision: body })),
  )
  bind(routes.revokeVerification, async ({ actor, requestId, params, body, once }) => {
    const { visitorId } = params
    const revoking = { actor, requestId, visitorId, revocation: body }
    const reply = await once((tx) => revocation.revoke(tx, revoking))
    // Also when the answer was known: the first try may have ended between its commit and this.
    await documents.destroyRemoved(visitorId)
    return reply
  })
}

function bindRelationships(bind: Bind, { decisions, relationships }: DeskServices): void {
  bind(routes.relationshipRequest, ({ actor, requestId, params }) =>
    decisions.view({ actor, requestId }, params.requestId),
  )
  bind(routes.decideRelationshipRequest, ({ actor, requestId, params, body, once }) =>
    once((tx) =>
      decisions.decide(tx, { actor, requestId }, { requestId: params.requestId, decision: body }),
    ),
  )
  bind(routes.moveRelationship, ({ actor, requestId, params, body, once }) =>
    once((tx) => relationships.move(tx, { actor, requestId, ...params, move: body })),
  )
}

function bindRestrictions(bind: Bind, { restrictions, overrides }: DeskServices): void {
  bind(routes.addRestriction, ({ actor, requestId, body, once }) =>
    once((tx) => restrictions.add(tx, { actor, requestId }, body)),
  )
  bind(routes.liftRestriction, ({ actor, requestId, params, body, once }) =>
    once((tx) => restrictions.lift(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.askOverride, ({ actor, requestId, params, body, once }) =>
    once((tx) => overrides.ask(tx, { actor, requestId, ...params, given: body })),
  )
  bind(routes.grantOverride, ({ actor, requestId, params, once }) =>
    once((tx) => overrides.grant(tx, { actor, requestId, ...params })),
  )
  bind(routes.refuseOverride, ({ actor, requestId, params, body, once }) =>
    once((tx) => overrides.refuse(tx, { actor, requestId, ...params, ...body })),
  )
}

function bindNonAssociations(bind: Bind, { nonAssociations }: DeskServices): void {
  bind(routes.addNonAssociation, ({ actor, requestId, body, once }) =>
    once((tx) => nonAssociations.add(tx, { actor, requestId }, body)),
  )
  bind(routes.liftNonAssociation, ({ actor, requestId, params, body, once }) =>
    once((tx) => nonAssociations.lift(tx, { actor, requestId, ...params, ...body })),
  )
}
