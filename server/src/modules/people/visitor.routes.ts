import { routes } from '@visavis/contract/http'
import type { ChildrenService } from './children.service.ts'
import type { ConsentsService } from './consents.service.ts'
import type { CorrectionsService } from './corrections.service.ts'
import type { DocumentsService } from './documents.service.ts'
import { ownVisitorId } from './own-people.ts'
import { visitorIdOf } from './people-kit.ts'
import type { PeopleKit } from './people-kit.ts'
import type { ProfileService } from './profile.service.ts'
import type { RegistrationService } from './registration.service.ts'
import type { RequestsService } from './requests.service.ts'
import type { TerminalRequestsService } from './terminal-requests.service.ts'

/** A family behind one address registers at once; who tries addresses gets nowhere. */
const REGISTRATIONS_PER_MINUTE = 10
/** Links cannot be guessed; a household opens a few. */
const CONFIRMATIONS_PER_MINUTE = 20
/** Each is drawn anew, which takes a second of a processor. */
const UPLOADS_PER_MINUTE = 20
/** Five may be open at once; a guesser of numbers gets nowhere. */
const REQUESTS_PER_MINUTE = 10

/** The services behind the routes of visitors and inmates. */
export type VisitorServices = {
  readonly registration: RegistrationService
  readonly profile: ProfileService
  readonly documents: DocumentsService
  readonly requests: RequestsService
  readonly terminal: TerminalRequestsService
  readonly corrections: CorrectionsService
  readonly children: ChildrenService
  readonly consents: ConsentsService
}
type Bind = PeopleKit['bind']

/** REST of visitors about themselves, and of inmates about who asks for them. */
export function bindVisitorRoutes(
  { bind, clock, transact }: PeopleKit,
  services: VisitorServices,
): void {
  bindRegistration(bind, services)
  bindChildren({ bind, clock, transact }, services)
  bindProfile(bind, services)
  bindRequests(bind, services)
  bindTerminal(bind, services)
}

function bindRegistration(bind: Bind, { registration }: VisitorServices): void {
  bind(
    routes.register,
    async ({ body, requestId }) => {
      await registration.register(body, requestId)
      return {}
    },
    { triesPerMinute: REGISTRATIONS_PER_MINUTE },
  )
  bind(
    routes.confirmRegistration,
    async ({ body, requestId }) => {
      await registration.confirm(body.token, requestId)
      return {}
    },
    { triesPerMinute: CONFIRMATIONS_PER_MINUTE },
  )
}

function bindProfile(bind: Bind, { profile, documents, corrections }: VisitorServices): void {
  bind(routes.profile, ({ actor, requestId }) => profile.profile({ actor, requestId }))
  bind(routes.changeProfile, ({ actor, requestId, body, once }) =>
    once((tx) => profile.change(tx, { actor, requestId }, body)),
  )
  bind(
    routes.uploadDocument,
    ({ actor, requestId, params, body }) => {
      const visitorId = visitorIdOf(actor)
      return documents.upload({ actor, requestId }, { visitorId, kind: params.kind, bytes: body })
    },
    { triesPerMinute: UPLOADS_PER_MINUTE },
  )
  bind(routes.correctIdentity, ({ actor, requestId, body, once }) =>
    once((tx) => corrections.ask(tx, { actor, requestId }, body)),
  )
  bind(routes.submitDocuments, ({ actor, requestId, once }) =>
    once((tx) => profile.submit(tx, { actor, requestId }, visitorIdOf(actor))),
  )
  bind(routes.registerProfessional, ({ actor, requestId, body, once }) =>
    once((tx) => profile.registerProfessional(tx, { actor, requestId }, body)),
  )
}

function bindChildren(
  kit: Pick<PeopleKit, 'bind' | 'clock' | 'transact'>,
  { children, documents, profile }: VisitorServices,
): void {
  const { bind, transact } = kit
  bind(routes.myChildren, async ({ actor, requestId }) => ({
    children: await children.mine({ actor, requestId }),
  }))
  bind(routes.registerChild, ({ actor, requestId, body, once }) =>
    once((tx) => children.register(tx, { actor, requestId }, body)),
  )
  bind(
    routes.uploadChildDocument,
    async ({ actor, requestId, params: { childId, kind }, body }) => {
      const act = { actor, requestId }
      const visitorId = await transact((tx) => ownVisitorId(tx, kit, { act, childId }))
      return documents.upload(act, { visitorId, kind, bytes: body })
    },
    { triesPerMinute: UPLOADS_PER_MINUTE },
  )
  bind(routes.submitChildDocuments, ({ actor, requestId, params, once }) =>
    once(async (tx) => {
      const act = { actor, requestId }
      return profile.submit(tx, act, await ownVisitorId(tx, kit, { act, ...params }))
    }),
  )
  bind(routes.setConsent, ({ actor, requestId, params, body, once }) =>
    once((tx) => children.setConsent(tx, { actor, requestId, ...params, ...body })),
  )
}

function bindRequests(bind: Bind, { requests, consents }: VisitorServices): void {
  bind(routes.myRelationships, async ({ actor, requestId }) => ({
    relationships: await requests.mine({ actor, requestId }),
  }))
  bind(
    routes.requestRelationship,
    ({ actor, requestId, body, once }) =>
      once((tx) => requests.request(tx, { actor, requestId }, body)),
    { triesPerMinute: REQUESTS_PER_MINUTE },
  )
  bind(routes.withdrawRelationship, ({ actor, requestId, params, once }) =>
    once((tx) => requests.withdraw(tx, { actor, requestId }, params.requestId)),
  )
  bind(routes.endRelationship, ({ actor, requestId, params, once }) =>
    once((tx) => consents.endAsVisitor(tx, { actor, requestId, ...params })),
  )
}

function bindTerminal(bind: Bind, { terminal, consents }: VisitorServices): void {
  bind(routes.terminalRequests, ({ actor }) => terminal.list(actor))
  bind(routes.answerRequest, ({ actor, requestId, params, body, once }) =>
    once((tx) => terminal.answer(tx, { actor, requestId, ...params, ...body })),
  )
  bind(routes.endContact, ({ actor, requestId, params, once }) =>
    once((tx) => consents.endAsInmate(tx, { actor, requestId, ...params })),
  )
}
